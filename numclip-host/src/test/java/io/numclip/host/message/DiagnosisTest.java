package io.numclip.host.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.CacheFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosisTest {

    @TempDir
    private Path folder;

    @Test
    void aKnownFailureSaysItself() {
        Diagnosis known = Diagnosis.of(new CompletionException(new NumClipException(Kind.DATA, "what", "fix")));
        assertThat(known).isEqualTo(new Diagnosis("what", "fix", 65));
    }

    @Test
    void lackOfMemoryIsToldWithTheLimitAndAnOptionThatRaisesIt() {
        Diagnosis heap = Diagnosis.of(new IllegalStateException(new OutOfMemoryError("Java heap space")));
        assertThat(heap.exitCode()).isEqualTo(71);
        assertThat(heap.what()).startsWith("out of memory (Java heap space); Java may use ");
        assertThat(heap.fix()).contains("training.batchSize", "--batch-size", "JAVA_OPTS=-Xmx");
        Diagnosis direct = Diagnosis.of(new OutOfMemoryError("Cannot reserve 9 bytes of direct buffer memory"));
        assertThat(direct.fix()).contains("-XX:MaxDirectMemorySize=");
        Diagnosis thread = Diagnosis.of(new OutOfMemoryError("unable to create native thread: possibly out of memory"));
        assertThat(thread.fix()).contains("ulimit -u").doesNotContain("-Xmx");
    }

    @Test
    void lackOfOpenFilesIsToldWhateverItIsHiddenIn() {
        IOException lack = new FileSystemException("a", null, "Too many open files");
        for (Throwable failure : List.of(
                lack, new UncheckedIOException(lack), new NumClipException(Kind.IO, "a cannot be read", "fix", lack))) {
            Diagnosis told = Diagnosis.of(failure);
            assertThat(told.what()).startsWith("too many open files: ");
            assertThat(told.fix()).contains("ulimit -n");
            assertThat(told.exitCode()).isEqualTo(71);
        }
        assertThat(Diagnosis.of(new NoClassDefFoundError("a/B")).what()).doesNotContain("open files");
    }

    @Test
    void fileOfTheCacheThatWasDamagedIsPutBackByTheNextStart() {
        Path file = CacheFolder.usual().resolve("clip-tiny-2-afb56d74/tokenizer.json");
        Diagnosis told = Diagnosis.of(new NumClipException(Kind.MISSING, file + ": no such file", "download it"));
        assertThat(told.fix()).isEqualTo("run the command again: it puts the files of the cache back");
    }

    @Test
    void nativeCodeAndTheStackAreTheMachinesToo() {
        assertThat(Diagnosis.of(new RuntimeException(
                        "[enforce fail at alloc_cpu.cpp:117] DefaultCPUAllocator: can't allocate memory: you tried …")))
                .extracting(Diagnosis::exitCode)
                .isEqualTo(71);
        assertThat(Diagnosis.of(new RuntimeException("std::bad_alloc")).exitCode())
                .isEqualTo(71);
        assertThat(Diagnosis.of(new StackOverflowError())).satisfies(told -> {
            assertThat(told.exitCode()).isEqualTo(71);
            assertThat(told.fix()).contains("-Xss");
        });
        assertThat(Diagnosis.of(new RuntimeException(new UnsatisfiedLinkError("no jnidjl")))
                        .what())
                .isEqualTo("native code cannot be loaded: no jnidjl");
        assertThat(Diagnosis.of(new UnsatisfiedLinkError("libtorch_cpu.so: failed to map segment from shared object"))
                        .fix())
                .contains("ulimit -v");
        assertThat(Diagnosis.of(new InternalError("a fault occurred")).exitCode())
                .isEqualTo(71);
    }

    /** As DJL says it, which would download the library if it were allowed to. */
    @Test
    void aSystemWithoutItsNativeLibraryIsToldWhatToPutWhere() {
        Diagnosis told = Diagnosis.of(
                new IllegalStateException("Failed to save pytorch index file", new IOException("Offline mode")));
        assertThat(told.exitCode()).isEqualTo(69);
        assertThat(told.what()).startsWith("there is no native library of PyTorch for ");
        assertThat(told.fix()).contains("pytorch-native-cpu", "docs/installing.md");
    }

    @Test
    void whatIsStoppedOrNoLongerReadNeedsNoFix() {
        assertThat(Diagnosis.of(new UncheckedIOException(new ClosedByInterruptException())))
                .isEqualTo(new Diagnosis("stopped", "", 130));
        assertThat(Diagnosis.of(new NumClipException(
                        NumClipException.Kind.OUTPUT,
                        "out cannot be created (null)",
                        "name a writable folder with --out",
                        new ClosedByInterruptException())))
                .isEqualTo(new Diagnosis("stopped", "", 130));
        assertThat(Diagnosis.of(new ClosedPipeException(new IOException("Broken pipe"))))
                .isEqualTo(new Diagnosis("", "", 141));
    }

    @Test
    void aFileIsAFileWhoeverWrapsIt() {
        Diagnosis full = Diagnosis.of(
                new UncheckedIOException(new FileSystemException("a.csv", null, "No space left on device")));
        assertThat(full.exitCode()).isEqualTo(74);
        assertThat(full.what()).isEqualTo("a.csv: No space left on device");
        assertThat(Diagnosis.of(new NoSuchFileException("a.csv")))
                .isEqualTo(new Diagnosis("a.csv: there is no such file", "check the name", 66));
        assertThat(Diagnosis.of(new AccessDeniedException("a.csv")).what())
                .isEqualTo("a.csv: this account may not read or write it");
    }

    @Test
    void aPlaceWhereNothingCanBeWrittenIsNoBrokenDisk() {
        Path file = folder.resolve("nowhere").resolve("a.html");
        Throwable failure = catchThrowable(() -> AtomicFile.write(file, "page"));
        assertThat(Diagnosis.of(failure))
                .isEqualTo(new Diagnosis(file + ": there is no such folder", "name another place", 73));
    }

    @Test
    void anythingElseIsABug() {
        assertThat(Diagnosis.of(new IllegalStateException("oops", new IOException()))
                        .exitCode())
                .isEqualTo(70);
    }
}
