package io.numclip.host.plugin;

import static io.numclip.testing.PluginJarBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SymbolicLinksTest {

    private static final int CENTRAL_ENTRY = 0x02014b50;
    private static final int LINK_MODE = 0xA1FF;

    @TempDir
    Path folder;

    @Test
    void ordinaryJarHasNone() throws IOException {
        assertThat(SymbolicLinks.first(jar())).isEmpty();
    }

    @Test
    void linkIsFoundWhereverItStands() throws IOException {
        byte[] first = jar();
        setUnixMode(first, 0);
        byte[] last = jar();
        setUnixMode(last, 2);

        assertThat(SymbolicLinks.first(first)).contains("META-INF/MANIFEST.MF");
        assertThat(SymbolicLinks.first(last)).contains("two.txt");
    }

    @Test
    void damagedFilesHaveNone() throws IOException {
        byte[] jar = jar();
        for (int length = 0; length < jar.length; length++) {
            assertThat(SymbolicLinks.first(java.util.Arrays.copyOf(jar, length)))
                    .isEmpty();
        }
    }

    private byte[] jar() throws IOException {
        Path file =
                plugin("linked").entry("one.txt", "one").entry("two.txt", "two").writeTo(folder.resolve("a.jar"));
        return Files.readAllBytes(file);
    }

    private static void setUnixMode(byte[] zip, int entry) {
        ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int found = 0;
        for (int at = 0; at < zip.length - 46; at++) {
            if (buffer.getInt(at) == CENTRAL_ENTRY && found++ == entry) {
                buffer.putInt(at + 38, LINK_MODE << 16);
            }
        }
    }
}
