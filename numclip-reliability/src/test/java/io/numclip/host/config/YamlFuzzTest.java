package io.numclip.host.config;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.numclip.reliability.HostileInput;
import java.nio.file.Path;

/** A configuration that nobody vouches for. */
class YamlFuzzTest {

    private static final HostileInput INPUT = new HostileInput();

    @FuzzTest
    void yaml(byte[] content) {
        Path file = INPUT.file("task.yaml", content);
        INPUT.read(() -> YamlReader.read(file));
    }
}
