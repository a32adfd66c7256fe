package io.numclip.pretraining;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.storage.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Writes a small tokenizer in the layout of Hugging Face's {@code CLIPTokenizer}. */
final class BytePairTokenizer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private BytePairTokenizer() {}

    /**
     * Writes {@code tokenizer.json} and {@code tokenizer_config.json}.
     *
     * @return the number of tokens; the last two are start and end
     */
    static int write(List<String> texts, int vocabSize, int contextLength, Path directory) throws IOException {
        List<List<String>> merges = BytePairTrainer.merges(texts, vocabSize);
        List<String> tokens = BytePairTrainer.vocabulary(merges);
        int start = tokens.size();
        int end = start + 1;
        ObjectNode tokenizer = template("tokenizer.json");
        ((ObjectNode) tokenizer.at("/added_tokens/0")).put("id", start);
        ((ObjectNode) tokenizer.at("/added_tokens/1")).put("id", end);
        ((ArrayNode) tokenizer.at("/post_processor/cls"))
                .set(1, JSON.getNodeFactory().numberNode(start));
        ((ArrayNode) tokenizer.at("/post_processor/sep"))
                .set(1, JSON.getNodeFactory().numberNode(end));
        ObjectNode model = (ObjectNode) tokenizer.get("model");
        ObjectNode vocabulary = model.putObject("vocab");
        for (int id = 0; id < tokens.size(); id++) {
            vocabulary.put(tokens.get(id), id);
        }
        vocabulary.put("<|startoftext|>", start).put("<|endoftext|>", end);
        model.set("merges", JSON.valueToTree(merges));
        save(tokenizer, directory.resolve("tokenizer.json"));
        save(
                template("tokenizer_config.json").put("model_max_length", contextLength),
                directory.resolve("tokenizer_config.json"));
        return end + 1;
    }

    private static ObjectNode template(String name) throws IOException {
        try (InputStream resource = BytePairTokenizer.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return (ObjectNode) JSON.readTree(resource);
        }
    }

    private static void save(ObjectNode node, Path file) throws IOException {
        AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node));
    }
}
