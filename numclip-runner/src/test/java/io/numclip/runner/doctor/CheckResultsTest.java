package io.numclip.runner.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.directory.ShippedModel;
import io.numclip.machine.ContainerLimits;
import io.numclip.machine.MachineMemory;
import io.numclip.runner.doctor.CheckResult.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckResultsTest {

    private static final long GIGABYTE = 1L << 30;
    private static final ContainerLimits NONE = new ContainerLimits(OptionalDouble.empty(), OptionalLong.empty());
    private static final ContainerLimits SMALL =
            new ContainerLimits(OptionalDouble.of(1), OptionalLong.of(2 * GIGABYTE));

    @TempDir
    Path folder;

    @Test
    void theLimitsOfTheContainerAreNamed() {
        CheckResult processors = MachineChecks.processors(16, SMALL, 1, 1, 1);
        assertThat(processors.verdict()).isEqualTo(Level.OK);
        assertThat(processors.found())
                .isEqualTo("16 processors; the container is limited to 1 CPU. Java uses 1, an operation of libtorch 1"
                        + " thread.");
        CheckResult memory = MachineChecks.memory(MachineMemory.of(64 * GIGABYTE, SMALL, GIGABYTE / 2));
        assertThat(memory.verdict()).isEqualTo(Level.OK);
        assertThat(memory.found())
                .startsWith(
                        "2,048 MB, the limit of the container. Java's heap takes 512 MB at most; 1,536 MB are left");
    }

    @Test
    void halfACpuIsWrittenAsItIs() {
        ContainerLimits half = new ContainerLimits(OptionalDouble.of(0.5), OptionalLong.empty());
        assertThat(MachineChecks.processors(1, half, 1, 1, 1).found())
                .startsWith("1 processor; the container is limited to 0.5 CPUs.");
    }

    @Test
    void workersAreNamedWhereThereAreSeveral() {
        assertThat(MachineChecks.processors(4, NONE, 4, 4, 4).found())
                .isEqualTo(
                        "4 processors. Java uses 4, an operation of libtorch 4 threads. Many images are divided among 4"
                                + " workers of 1 thread.");
    }

    @Test
    void moreThreadsThanProcessorsAreAWarning() {
        CheckResult result = MachineChecks.processors(16, SMALL, 1, 16, 16);
        assertThat(result.verdict()).isEqualTo(Level.WARNING);
        assertThat(result.fix()).isEqualTo("Leave OMP_NUM_THREADS out, or set it to 1");
    }

    @Test
    void aHeapThatLeavesLittleMemoryIsAWarning() {
        CheckResult result = MachineChecks.memory(MachineMemory.of(64 * GIGABYTE, SMALL, 2 * GIGABYTE));
        assertThat(result.verdict()).isEqualTo(Level.WARNING);
        assertThat(result.found()).contains("0 MB are left for libtorch").contains("137");
        assertThat(result.fix()).endsWith("-Xmx512m");
    }

    @Test
    void aSmallHeapIsAWarning() {
        CheckResult result = MachineChecks.memory(MachineMemory.of(8 * GIGABYTE, NONE, 64 << 20));
        assertThat(result.verdict()).isEqualTo(Level.WARNING);
        assertThat(result.fix()).endsWith("-Xmx200m");
    }

    @Test
    void batchesAreSmallerWhereMemoryIsShort() throws IOException {
        ClipConfig embedded =
                ClipDirectory.config(ModelSource.parse(ShippedModel.EMBEDDED).directory());
        assertThat(BatchCheck.judge(MachineMemory.of(64 * GIGABYTE, NONE, GIGABYTE), Precision.FP32, embedded))
                .extracting(CheckResult::found)
                .allMatch(found -> found.endsWith("predict 16, embed 32, serve 8."));
        List<CheckResult> small =
                BatchCheck.judge(MachineMemory.of(64 * GIGABYTE, SMALL, GIGABYTE / 2), Precision.FP32, embedded);
        assertThat(small.get(0).found()).contains("predict 16, embed 32, serve 8.");
        assertThat(small.get(1).found())
                .isEqualTo("Images at once with a ViT-L/14 in fp32: predict 8, embed 8, serve 1.");
        assertThat(BatchCheck.judge(MachineMemory.of(2 * GIGABYTE, NONE, GIGABYTE), Precision.FP32, embedded)
                        .get(1)
                        .found())
                .startsWith(
                        "Images at once with a ViT-L/14 in fp32: predict 1, embed 1, serve 1. It may not fit at all:"
                                + " its weights take 1,159 MB, ");
        assertThat(BatchCheck.judge(MachineMemory.of(64 * GIGABYTE, SMALL, GIGABYTE / 2), Precision.BF16, embedded)
                        .get(1)
                        .found())
                .isEqualTo("Images at once with a ViT-L/14 in bf16: predict 16, embed 32, serve 8.");
    }

    @Test
    void aDriverWithoutALibtorchForItIsAWarning() {
        assertThat(MachineChecks.gpu(0, true).verdict()).isEqualTo(Level.WARNING);
        assertThat(MachineChecks.gpu(0, false).verdict()).isEqualTo(Level.OK);
        assertThat(MachineChecks.gpu(2, true).found()).contains("sees 2");
        assertThat(MachineChecks.precision(false, Precision.FP32).found()).startsWith("auto is fp32: this processor");
        assertThat(MachineChecks.precision(true, Precision.BF16).found()).startsWith("auto is bf16: this GPU");
    }

    @Test
    void anotherFigureOfTheSelfTestIsAProblem() throws IOException {
        assertThat(SelfTestCheck.judge(SelfTestCheck.STORED).verdict()).isEqualTo(Level.OK);
        assertThat(SelfTestCheck.judge(SelfTestCheck.STORED + 0.001).verdict()).isEqualTo(Level.PROBLEM);
        assertThat(SelfTestCheck.judge(Double.NaN).verdict()).isEqualTo(Level.PROBLEM);
    }

    @Test
    void aFolderThatIsAFileCannotBeWritten() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        CheckResult result = FoldersCheck.folder("cache", file.resolve("cache"), "Nothing is kept.", "Name another");
        assertThat(result.verdict()).isEqualTo(Level.WARNING);
        assertThat(result.found()).isEqualTo(file + "/cache cannot be written. Nothing is kept.");
        assertThat(result.fix()).isEqualTo("Name another");
    }

    @Test
    void theSizeOfACacheIsNamed() throws IOException {
        Files.write(folder.resolve("features"), new byte[3 << 20]);
        assertThat(FoldersCheck.folder("cache", folder, "", "").found()).contains(folder + ", 3 MB; ");
    }

    @Test
    void theArchiveOfClassesIsNamedWhereItIsUsed() {
        assertThat(ProgramChecks.archive(List.of("-Xshare:auto", "-XX:SharedArchiveFile=/tmp/a.jsa"))
                        .found())
                .endsWith("is used: /tmp/a.jsa");
        assertThat(ProgramChecks.archive(List.of("-Xshare:auto")).verdict()).isEqualTo(Level.OK);
    }
}
