package io.numclip.host.plugin;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.numclip.reliability.HostileInput;
import java.nio.file.Path;

/** Plugin archives, and lists of trust, that nobody vouches for. */
class PluginArchiveFuzzTest {

    private static final HostileInput INPUT = new HostileInput(PluginRefusedException.class);

    @FuzzTest
    void jar(byte[] content) {
        inspect(INPUT.file("plugin.jar", content));
    }

    @FuzzTest
    void zip(byte[] content) {
        inspect(INPUT.file("plugin.zip", content));
    }

    private static void inspect(Path file) {
        PluginGate gate = new PluginGate();
        INPUT.read(() -> gate.inspect(file));
    }

    @FuzzTest
    void trustList(byte[] content) {
        Path file = INPUT.file("plugins.lock", content);
        INPUT.read(() -> TrustList.read(file));
    }
}
