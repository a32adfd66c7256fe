package io.numclip.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.NumClipException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckedFileTest {

    private static final int SIZE = RememberedDigest.LARGE + 12345;

    @TempDir
    private Path temporary;

    private final byte[] content = new byte[SIZE];
    private Path file;
    private Path folder;
    private RememberedDigest digests;

    @BeforeEach
    void writeFile() throws IOException {
        new Random(7).nextBytes(content);
        file = Files.write(temporary.resolve("model.safetensors"), content);
        folder = temporary.resolve("records");
        digests = new RememberedDigest(folder, InstantSource.offset(InstantSource.system(), Duration.ofHours(1)));
    }

    @Test
    void anyPartIsReadAsItIs() throws IOException {
        digests.ofFile(file);
        try (CheckedFile checked = new CheckedFile(file, digests)) {
            for (int[] part :
                    new int[][] {{0, 8}, {8, 70_000}, {32_768, 32_768}, {65_535, 2}, {SIZE - 1, 1}, {0, SIZE}}) {
                assertThat(read(checked, part[0], part[1]))
                        .isEqualTo(Arrays.copyOfRange(content, part[0], part[0] + part[1]));
            }
        }
    }

    /** As where a disk fails: the record of the digest is that of the file as it was. */
    @Test
    void changedBytesAreNoticedWhereTheyAreReadThoughTheirFileLooksUnchanged() throws IOException {
        digests.ofFile(file);
        for (int at : new int[] {0, 32_767, 32_768, 500_000, SIZE - 1}) {
            change(at);
            try (CheckedFile checked = new CheckedFile(file, digests)) {
                assertThatThrownBy(() -> read(checked, at, 1))
                        .isInstanceOf(NumClipException.class)
                        .hasMessageContaining("its content has changed, but neither its size nor its times");
            }
            change(at);
        }
    }

    @Test
    void whatWasFoundChangedIsRememberedAsItIs() throws IOException {
        digests.ofFile(file);
        change(500_000);
        String changed = new Fingerprint().add(file).hex();
        assertThat(digests.ofFile(file)).isNotEqualTo(changed);

        try (CheckedFile checked = new CheckedFile(file, digests)) {
            assertThatThrownBy(() -> read(checked, 500_000, 1)).isInstanceOf(NumClipException.class);
        }

        assertThat(digests.ofFile(file)).isEqualTo(changed);
    }

    @Test
    void filesAreReadAgainWhateverIsRemembered() throws IOException {
        digests.ofFile(file);
        change(500_000);
        String changed = new Fingerprint().add(file).hex();

        assertThat(digests.of(List.of(file), () -> {})).isEqualTo(changed);
        assertThat(digests.again(List.of(file), () -> {})).isEqualTo(changed);
        assertThat(digests.ofFile(file)).isEqualTo(changed);
    }

    @Test
    void wrongSumsOfAnUnchangedFileAreReplaced() throws IOException {
        String name = record(digests.ofFile(file)).getFileName().toString();
        SealedRecords records = new SealedRecords(folder);
        byte[] sums = records.recall(name).orElseThrow();
        sums[40] ^= 1;
        records.remember(name, sums);

        try (CheckedFile checked = new CheckedFile(file, digests)) {
            assertThat(read(checked, 0, SIZE)).isEqualTo(content);
        }

        sums[40] ^= 1;
        assertThat(records.recall(name)).contains(sums);
    }

    @Test
    void digestThatIsWrittenIntoTheRecordIsNotBelieved() throws IOException {
        String old = digests.ofFile(file);
        Files.writeString(record(old), "0".repeat(64), StandardCharsets.UTF_8);

        assertThat(digests.ofFile(file)).isEqualTo(old);
        assertThat(digests.of(List.of(file), () -> {})).isEqualTo(old);
    }

    /** Changes a byte, and makes the record that of the file as it is now, with the sums of before. */
    private void change(int at) throws IOException {
        byte[] sums = new SealedRecords(folder).recall(name(record(""))).orElseThrow();
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
        AtomicFolder.delete(folder);
        digests.ofFile(file);
        new SealedRecords(folder).remember(name(record("")), sums);
    }

    private static String name(Path record) {
        return record.getFileName().toString();
    }

    private Path record(String digest) throws IOException {
        assertThat(digest).isNotNull();
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    private static byte[] read(CheckedFile file, long position, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
        file.read(position, buffer);
        byte[] read = new byte[bytes];
        buffer.flip().get(read);
        return read;
    }
}
