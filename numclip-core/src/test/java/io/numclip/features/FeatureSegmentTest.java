package io.numclip.features;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.NumClipException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
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
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FeatureSegment.Writer writer = new FeatureSegment.Writer(channel, ROWS, 2)) {
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
        KeyTable.Search search = segment.search();
        float[] row = new float[2];
        for (int i = 1; i < ROWS - 1; i++) {
            segment.copyTo(search.find(key(i)), row, 0);
            assertThat(row).containsExactly(i, -i);
            assertThat(search.find(key(ROWS + i))).isEqualTo(search.find(key(i)));
        }
    }

    @Test
    void aReaderThatIsToldToStopDoesNotBlameTheFile() throws IOException {
        FeatureSegment segment = FeatureSegment.open(file, 2);
        Thread.currentThread().interrupt();
        for (int reader = 0; reader < 2; reader++) { // the first one's interruption closes the file for the other
            assertThatThrownBy(() -> segment.copyTo(0, new float[2], 0)).isInstanceOf(CancellationException.class);
            Thread.interrupted();
        }
    }

    @Test
    void keysAreFoundInAscendingOrderToo() throws IOException {
        KeyTable.Search search = FeatureSegment.open(file, 2).search();
        Map<FeatureKey, Integer> rows =
                IntStream.range(0, ROWS - 1).boxed().collect(toMap(FeatureSegmentTest::key, i -> i));
        rows.keySet().stream()
                .sorted()
                .forEach(key -> assertThat(search.find(key)).isEqualTo(rows.get(key)));
    }

    @Test
    void rowsThatWereNotWrittenAndOtherKeysAreAbsent() throws IOException {
        KeyTable.Search search = FeatureSegment.open(file, 2).search();
        assertThat(search.find(key(ROWS - 1))).isEqualTo(-1);
        assertThat(search.find(key(2 * ROWS))).isEqualTo(-1);
        assertThat(search.find(new FeatureKey(0, 0))).isEqualTo(-1);
        assertThat(search.find(new FeatureKey(-1, -1))).isEqualTo(-1);
    }

    @Test
    void fileThatBecameShorterIsNamedWithTheFix() throws IOException {
        FeatureSegment segment = FeatureSegment.open(file, 2);
        Files.write(file, new byte[100]);
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> segment.copyTo(ROWS - 1, new float[2], 0))
                .withMessageContaining(file.toString())
                .withMessageContaining("the file is too short")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(NumClipException.Kind.IO));
    }

    @Test
    void whatHoldsNoRowSaysSo() throws IOException {
        Path empty = Files.createFile(folder.resolve("b.features"));
        try (FileChannel channel = FileChannel.open(empty, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FeatureSegment.Writer writer = new FeatureSegment.Writer(channel, 1, 2)) {
            writer.name(0, key(0));
            assertThat(writer.isEmpty()).isTrue();
        }
        assertThat(FeatureSegment.open(empty, 2)).isNull();
    }

    @Test
    void everyFlippedByteIsFound() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        BitSet all = new BitSet();
        all.set(0, ROWS - 1);
        int tableStart = 4 * Long.BYTES + ROWS * 3 * Integer.BYTES;
        for (int i = 0; i < whole.length; i += 97) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 4;
            Files.write(file, flipped);
            FeatureSegment segment = FeatureSegment.open(file, 2);
            if (i < 4 * Long.BYTES || i >= tableStart) {
                assertThat(segment).as("byte %d", i).isNull();
            } else {
                assertThat(segment.findsDamage(all)).as("byte %d", i).isEqualTo(i < tableStart - 12);
                assertThat(segment.isDamaged((i - 4 * Long.BYTES) / 12)).isEqualTo(i < tableStart - 12);
                assertThat(segment.findsDamage(all)).isFalse();
            }
        }
    }

    @Test
    void rowThatIsDamagedWhileInUseIsNotServed() throws IOException {
        FeatureSegment segment = FeatureSegment.open(file, 2);
        byte[] bytes = Files.readAllBytes(file);
        bytes[4 * Long.BYTES + 12] ^= 1;
        Files.write(file, bytes);
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> segment.copyTo(1, new float[2], 0))
                .withMessageContaining(file + ": row 1 was damaged");
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
