package io.numclip.runner.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.NumClipException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureFolderTest {

    @TempDir
    Path folder;

    @Test
    void everyFileHasARowAndAFailedOneIsNan() throws IOException {
        try (FeatureFolder out = FeatureFolder.create(folder.resolve("new/inner"), 2)) {
            out.write("a.png", new float[] {1, -2.5f});
            out.writeFailed("b, c.png", "truncated");
            out.write("=d.png", new float[] {Float.MIN_VALUE, 3});
        }
        NpyFile features = NpyFile.read(folder.resolve("new/inner/features.npy"));
        assertThat(features.rows()).isEqualTo(3);
        assertThat(features.columns()).isEqualTo(2);
        assertThat(features.values()).containsExactly(1, -2.5f, Float.NaN, Float.NaN, Float.MIN_VALUE, 3);
        assertThat(Files.readAllLines(folder.resolve("new/inner/images.csv")))
                .containsExactly("row,file,error", "0,a.png,", "1,\"b, c.png\",truncated", "2,'=d.png,");
    }

    @Test
    void noRowsAreAFileToo() throws IOException {
        FeatureFolder.create(folder, 7).close();
        assertThat(NpyFile.read(folder.resolve("features.npy")).rows()).isZero();
    }

    @Test
    void whatIsThereIsNotWrittenOver() throws IOException {
        Path there = Files.writeString(folder.resolve("images.csv"), "mine");
        assertThatThrownBy(() -> FeatureFolder.create(folder, 2))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining(there + " already exists");
        assertThat(folder.resolve("features.npy")).doesNotExist();
        assertThat(there).hasContent("mine");
    }

    @Test
    void halfARowIsRefused() throws IOException {
        try (NpyWriter writer = NpyWriter.create(folder.resolve("x.npy"), 2)) {
            assertThatThrownBy(() -> writer.write(new float[3])).hasMessage("3 values are not whole rows of 2");
        }
    }
}
