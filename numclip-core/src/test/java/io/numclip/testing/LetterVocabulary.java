package io.numclip.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The smallest vocabulary of CLIP's tokenizer: every byte, as a letter within a word and as a word's last letter. */
final class LetterVocabulary {

    /** 256 letters, 256 last letters, start and end. */
    static final int SIZE = 514;

    private static final int BYTES = 256;

    private LetterVocabulary() {}

    /** The text of a {@code vocab.json}. */
    static String json() {
        ObjectNode vocabulary = new ObjectMapper().createObjectNode();
        int firstStandIn = BYTES;
        for (int letter = 0; letter < BYTES; letter++) {
            String text = String.valueOf((char) (isPrintable(letter) ? letter : firstStandIn++));
            vocabulary.put(text, letter).put(text + "</w>", BYTES + letter);
        }
        vocabulary.put("<|startoftext|>", SIZE - 2).put("<|endoftext|>", SIZE - 1);
        return vocabulary.toString();
    }

    /** GPT-2's rule: other bytes are written as letters from 256 on. */
    private static boolean isPrintable(int letter) {
        return letter >= '!' && letter <= '~' || letter >= 0xA1 && letter != 0xAD;
    }
}
