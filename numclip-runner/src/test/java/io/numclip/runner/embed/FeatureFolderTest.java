package io.numclip.runner.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.NumClipException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureFolderTest {

    @TempDir
    Path folder;

    @Test
    void everyFileHasARowAndAFailedOneIsNan() throws IOException {
        FeatureFolder.write(folder.resolve("new/inner"), 2, out -> {
            out.write("a.png", new float[] {1, -2.5f});
            out.writeFailed("b, c.png", "truncated");
            out.write("=d.png", new float[] {Float.MIN_VALUE, 3});
        });
        NpyFile features = NpyFile.read(folder.resolve("new/inner/features.npy"));
        assertThat(features.rows()).isEqualTo(3);
        assertThat(features.columns()).isEqualTo(2);
        assertThat(features.values()).containsExactly(1, -2.5f, Float.NaN, Float.NaN, Float.MIN_VALUE, 3);
        assertThat(Files.readAllLines(folder.resolve("new/inner/images.csv")))
                .containsExactly("row,file,error", "0,a.png,", "1,\"b, c.png\",truncated", "2,'=d.png,");
    }

    @Test
    void noRowsAreAFileToo() throws IOException {
        FeatureFolder.write(folder, 7, out -> {});
        assertThat(NpyFile.read(folder.resolve("features.npy")).rows()).isZero();
    }

    @Test
    void whatIsThereIsNotWrittenOver() throws IOException {
        Path there = Files.writeString(folder.resolve("images.csv"), "mine");
        assertThatThrownBy(() -> FeatureFolder.write(folder, 2, out -> {}))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining(there + " already exists");
        assertThat(folder.resolve("features.npy")).doesNotExist();
        assertThat(there).hasContent("mine");
    }

    @Test
    void whatIsStoppedLeavesNothing() throws IOException {
        assertThatThrownBy(() -> FeatureFolder.write(folder, 2, out -> {
                    out.write("a.png", new float[] {1, 2});
                    throw new CancellationException("stopped");
                }))
                .isInstanceOf(CancellationException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aListWithoutFeaturesIsWrittenAnew() throws IOException {
        Files.writeString(folder.resolve("images.csv"), "row,file,error\n0,a.png,\n");
        FeatureFolder.write(folder, 2, out -> out.write("b.png", new float[] {1, 2}));
        assertThat(Files.readAllLines(folder.resolve("images.csv"))).containsExactly("row,file,error", "0,b.png,");
    }

    @Test
    void halfARowIsRefused() throws IOException {
        try (FileChannel channel =
                FileChannel.open(folder.resolve("x.npy"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            NpyWriter writer = new NpyWriter(channel, 2);
            assertThatThrownBy(() -> writer.write(new float[3])).hasMessage("3 values are not whole rows of 2");
        }
    }
}
