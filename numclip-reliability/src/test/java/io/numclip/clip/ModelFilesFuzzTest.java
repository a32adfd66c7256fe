package io.numclip.clip;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.numclip.reliability.HostileInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The small files of a model directory that nobody vouches for. */
class ModelFilesFuzzTest {

    private static final HostileInput INPUT = new HostileInput();

    @FuzzTest
    void config(byte[] content) {
        Path file = INPUT.file("config.json", content);
        INPUT.read(() -> ClipConfigFile.read(file));
    }

    @FuzzTest
    void preprocessor(byte[] content) throws IOException {
        Path directory = INPUT.empty("preprocessor");
        Files.write(directory.resolve(PreprocessorConfig.FILE), content);
        INPUT.read(() -> PreprocessorConfig.read(directory, 224));
    }
}
