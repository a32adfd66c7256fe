package io.numclip.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedDigestTest {

    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-4
    private static final String FALSE_RECORD = "0".repeat(64);

    @TempDir
    private Path temporary;

    private Path first;
    private Path second;
    private Path records;

    @BeforeEach
    void writeFiles() throws IOException {
        first = Files.writeString(temporary.resolve("first"), "a");
        second = Files.writeString(temporary.resolve("second"), "bc");
        records = temporary.resolve("cache/records");
    }

    @Test
    void filesAreHashedOneAfterTheOther() throws IOException {
        assertThat(digestIn(Duration.ofHours(1))).isEqualTo(ABC);
    }

    @Test
    void unchangedFilesAreNotReadAgain() throws IOException {
        digestIn(Duration.ofHours(1));
        rememberFalsely();
        assertThat(digestIn(Duration.ofHours(2))).isEqualTo(FALSE_RECORD);
    }

    @Test
    void checkRunsWhereFilesAreReadAndItsFailureIsNotRemembered() throws IOException {
        RememberedDigest digests =
                new RememberedDigest(records, () -> Instant.now().plus(Duration.ofHours(1)));
        List<Path> files = List.of(first, second);
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> digests.of(files, () -> {
                        runs.add("bad");
                        throw new IOException("bad");
                    }))
                    .hasMessage("bad");
        }
        assertThat(digests.of(files, () -> runs.add("good"))).isEqualTo(ABC);
        assertThat(digests.of(files, () -> runs.add("again"))).isEqualTo(ABC);
        assertThat(runs).containsExactly("bad", "bad", "good");
    }

    @Test
    void anotherSizeTimeOrFileIsReadAgain() throws IOException {
        digestIn(Duration.ofHours(1));
        rememberFalsely();
        Files.setLastModifiedTime(second, FileTime.from(Instant.EPOCH));
        assertThat(digestIn(Duration.ofHours(1))).isEqualTo(ABC);
        Files.move(Files.writeString(temporary.resolve("other"), "bc"), temporary.resolve("second-copy"));
        second = temporary.resolve("second-copy");
        assertThat(digestIn(Duration.ofHours(1))).isEqualTo(ABC);
        Files.writeString(second, "bcd");
        assertThat(digestIn(Duration.ofHours(1))).isNotIn(ABC, FALSE_RECORD);
    }

    @Test
    void contentExchangedUnderTheOldTimeIsReadAgain() throws IOException {
        FileTime before = Files.getLastModifiedTime(second);
        digestIn(Duration.ofHours(1));
        Files.writeString(second, "BC");
        Files.setLastModifiedTime(second, before);
        assertThat(digestIn(Duration.ofHours(1))).isNotEqualTo(ABC);
    }

    @Test
    void filesJustWrittenAreNotRemembered() throws IOException {
        assertThat(digestIn(Duration.ZERO)).isEqualTo(ABC);
        assertThat(records).doesNotExist();
    }

    @Test
    void damagedRecordIsReplaced() throws IOException {
        digestIn(Duration.ofHours(1));
        Files.writeString(onlyRecord(), "half a rec");
        assertThat(digestIn(Duration.ofHours(1))).isEqualTo(ABC);
        assertThat(recalled()).isEqualTo(ABC);
    }

    @Test
    void recordOfAnotherDigestOrForAnotherFileIsNone() throws IOException {
        digestIn(Duration.ofHours(1));
        Path record = onlyRecord();
        byte[] sealed = Files.readAllBytes(record);
        for (int i = 0; i < sealed.length; i++) {
            byte[] damaged = sealed.clone();
            damaged[i] ^= 1;
            Files.write(record, damaged);
            assertThat(digestIn(Duration.ofHours(1))).isEqualTo(ABC);
        }
        Files.writeString(record, FALSE_RECORD);
        assertThat(digestIn(Duration.ofHours(1))).isEqualTo(ABC);
        Files.write(record, SealedRecords.sealed("another", FALSE_RECORD.getBytes(StandardCharsets.UTF_8)));
        assertThat(digestIn(Duration.ofHours(1))).isEqualTo(ABC);
    }

    @Test
    void cacheThatCannotBeWrittenChangesNothing() throws IOException {
        records = first.resolve("below-a-file");
        assertThat(digestIn(Duration.ofHours(1))).isEqualTo(ABC);
    }

    /** @param later than now, as the clock of the digest sees it */
    private String digestIn(Duration later) throws IOException {
        InstantSource clock = InstantSource.offset(InstantSource.system(), later);
        return new RememberedDigest(records, clock).of(List.of(first, second));
    }

    /** What somebody writes who knows how records are sealed. */
    private void rememberFalsely() throws IOException {
        String name = onlyRecord().getFileName().toString();
        new SealedRecords(records).remember(name, FALSE_RECORD.getBytes(StandardCharsets.UTF_8));
    }

    private String recalled() throws IOException {
        String name = onlyRecord().getFileName().toString();
        return new String(new SealedRecords(records).recall(name).orElseThrow(), StandardCharsets.UTF_8);
    }

    private Path onlyRecord() throws IOException {
        try (Stream<Path> files = Files.list(records)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }
}
