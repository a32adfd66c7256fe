package io.numclip.clip.safetensors;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.numclip.reliability.HostileInput;
import java.nio.file.Path;

/** Weights that nobody vouches for. */
class SafetensorsFuzzTest {

    private static final HostileInput INPUT = new HostileInput();

    @FuzzTest
    void safetensors(byte[] content) {
        Path file = INPUT.file("model.safetensors", content);
        INPUT.read(() -> {
            try (Safetensors tensors = Safetensors.open(file)) {
                long bytes = 0;
                for (Safetensors.Entry entry : tensors.entries().values()) {
                    bytes = Math.addExact(bytes, Math.subtractExact(entry.end(), entry.begin()));
                }
                if (bytes > content.length) {
                    throw new AssertionError(bytes + " bytes of tensors in a file of " + content.length);
                }
            }
        });
    }
}
