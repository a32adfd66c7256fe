package io.numclip.clip.directory;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.numclip.clip.pixels.PreprocessorConfig;
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
    void openClip(byte[] content) throws IOException {
        Path directory = INPUT.empty("open-clip");
        Files.write(directory.resolve(OpenClipConfig.NAME), content);
        INPUT.read(() -> ClipDirectory.config(directory));
        INPUT.read(() -> ClipDirectory.preprocessor(directory));
    }

    @FuzzTest
    void index(byte[] content) throws IOException {
        Path directory = INPUT.empty("index");
        Files.write(directory.resolve(ModelFiles.INDEX), content);
        INPUT.read(() -> WeightFiles.ofTransformers(directory));
    }

    @FuzzTest
    void preprocessor(byte[] content) throws IOException {
        Path directory = INPUT.empty("preprocessor");
        Files.write(directory.resolve(PreprocessorConfig.FILE), content);
        INPUT.read(() -> PreprocessorConfig.read(directory, PreprocessorConfig.standard(224)));
    }
}
