package io.numclip.clip.text;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.numclip.clip.directory.ModelFiles;
import io.numclip.reliability.HostileInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tokenizer that nobody vouches for; native code sees what was accepted, and must live. */
class TokenizerFuzzTest {

    private static final HostileInput INPUT = new HostileInput();
    private static final int VOCABULARY = 49_408;
    private static final String SMALL_SIGLIP = "{\"model_type\": \"siglip\", \"text_config\": {\"vocab_size\": 1000}}";

    @FuzzTest
    void tokenizer(byte[] content) throws IOException {
        Path directory = INPUT.empty("tokenizer");
        Files.write(directory.resolve("tokenizer.json"), content);
        INPUT.read(() -> {
            try (ClipTokenizer tokenizer = ClipTokenizer.load(directory, 16, VOCABULARY)) {
                long[] ids = tokenizer.encode("a photo of 12 things");
                if (ids.length > 16) {
                    throw new AssertionError(ids.length + " ids");
                }
            }
        });
    }

    @FuzzTest
    void sentencePieces(byte[] content) throws IOException {
        Path directory = INPUT.empty("pieces");
        Files.write(directory.resolve("spiece.model"), content);
        Files.writeString(directory.resolve("config.json"), SMALL_SIGLIP);
        Files.write(directory.resolve(ModelFiles.WEIGHTS), new byte[0]);
        INPUT.read(() -> {
            try (ClipTokenizer tokenizer = ClipTokenizer.load(directory)) {
                tokenizer.encode("a photo of 12 things");
            }
        });
    }

    @FuzzTest
    void vocabularyAndMerges(FuzzedDataProvider data) throws IOException {
        Path directory = INPUT.empty("vocabulary");
        Files.write(directory.resolve("vocab.json"), data.consumeBytes(data.consumeInt(0, 4_000)));
        Files.write(directory.resolve("merges.txt"), data.consumeRemainingAsBytes());
        INPUT.read(() -> ClipTokenizer.load(directory, 16, VOCABULARY).close());
    }
}
