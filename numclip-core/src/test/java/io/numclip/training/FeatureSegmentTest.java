package io.numclip.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureSegmentTest {

    private static final int ROWS = 1000;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.createFile(folder.resolve("a.features"));
        try (FeatureSegment.Writer writer = new FeatureSegment.Writer(file, ROWS, 2)) {
            for (int i = 0; i < ROWS; i++) {
                writer.name(i, key(i));
                writer.name(i, key(ROWS + i));
            }
            for (int i = ROWS - 2; i >= 0; i--) { // the last is never written
                writer.write(i, new float[] {7, i, -i}, 1);
            }
        }
    }

    @Test
    void everyImageHasTheRowThatWasWrittenForIt() throws IOException {
        FeatureSegment segment = FeatureSegment.open(file, 2);
        float[] row = new float[2];
        for (int i = 1; i < ROWS - 1; i++) {
            segment.copyTo(segment.find(key(i)), row, 0);
            assertThat(row).containsExactly(i, -i);
            assertThat(segment.find(key(ROWS + i))).isEqualTo(segment.find(key(i)));
        }
    }

    @Test
    void rowsThatWereNotWrittenAreAbsent() throws IOException {
        FeatureSegment segment = FeatureSegment.open(file, 2);
        assertThat(segment.find(key(ROWS - 1))).isEqualTo(-1);
        assertThat(segment.find(key(2 * ROWS))).isEqualTo(-1);
    }

    @Test
    void keysAreOrderedAsUnsignedNumbers() {
        assertThat(new FeatureKey(-1, 0)).isGreaterThan(new FeatureKey(1, 0));
        assertThat(new FeatureKey(5, -1)).isGreaterThan(new FeatureKey(5, 1));
    }

    @Test
    void otherDimensionAndDamagedFilesAreNoSegment() throws IOException {
        assertThat(FeatureSegment.open(file, 3)).isNull();
        Path empty = Files.createFile(folder.resolve("empty.features"));
        assertThat(FeatureSegment.open(empty, 2)).isNull();
        Files.write(empty, new byte[64]);
        assertThat(FeatureSegment.open(empty, 2)).isNull();
    }

    private static FeatureKey key(int image) {
        return FeatureKey.of("image " + image);
    }
}
