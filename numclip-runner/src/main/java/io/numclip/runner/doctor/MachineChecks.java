package io.numclip.runner.doctor;

import ai.djl.Device;
import io.numclip.clip.Precision;
import io.numclip.clip.kernel.Devices;
import io.numclip.clip.kernel.NativeLibrary;
import io.numclip.clip.kernel.NativeThreads;
import io.numclip.machine.ContainerLimits;
import io.numclip.machine.MachineMemory;
import io.numclip.machine.ProcessorShare;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What the machine gives: memory, processors, a GPU, and the precision that goes with it. */
final class MachineChecks {

    private static final long SMALL_HEAP = 200 * CheckResult.MEGABYTE;
    private static final long LITTLE_FOR_LIBTORCH = 600 * CheckResult.MEGABYTE; // what ViT-B/32 needs: docs/models.md
    private static final long MUCH = 4096 * CheckResult.MEGABYTE;

    private static final String GPU = "gpu";
    private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");

    private MachineChecks() {}

    /** How the memory is shared between Java, which has the decoded images, and libtorch, which has weights and batches. */
    static CheckResult memory(MachineMemory memory) {
        long all = memory.all();
        long java = memory.heap();
        long left = memory.besideHeap();
        String found = CheckResult.megabytes(all) + (memory.contained() ? ", the limit of the container" : "")
                + ". Java's heap takes " + CheckResult.megabytes(java) + " at most; " + CheckResult.megabytes(left)
                + " are left for libtorch.";
        if (left < LITTLE_FOR_LIBTORCH) {
            return CheckResult.warning(
                    "memory",
                    found + " That is little: the system ends a process that needs more (exit code 137).",
                    "Give more memory, or less of it to Java: JAVA_OPTS=-Xmx" + (all / 4 / CheckResult.MEGABYTE) + "m");
        }
        if (java < SMALL_HEAP) {
            return CheckResult.warning(
                    "memory",
                    found + " Large images do not fit into this heap; each is a failed row.",
                    "Give Java more: JAVA_OPTS=-Xmx" + Math.max(2 * java, SMALL_HEAP) / CheckResult.MEGABYTE + "m");
        }
        return CheckResult.ok("memory", all < MUCH ? found + hint() : found);
    }

    private static String hint() {
        return " A prediction needs 0.8 GB in all with ViT-B/32 and 2 GB with ViT-L/14; a training of an image tower"
                + " needs less with training.microBatch.";
    }

    /** Whether Java and libtorch keep to the processors that they may use. */
    static CheckResult processors() {
        return processors(
                ProcessorShare.allowed(),
                ContainerLimits.read(),
                Runtime.getRuntime().availableProcessors(),
                NativeThreads.count(),
                ProcessorShare.chosen());
    }

    /**
     * @param allowed processors that the system lets this process run on
     * @param java that Java counts
     * @param torch threads of one operation of libtorch
     * @param workers that many images are divided among
     */
    static CheckResult processors(int allowed, ContainerLimits limits, int java, int torch, int workers) {
        String found = allowed + (allowed == 1 ? " processor" : " processors") + limit(limits) + ". Java uses " + java
                + ", an operation of libtorch " + (torch == 1 ? "1 thread." : torch + " threads.")
                + (workers == 1 ? "" : " Many images are divided among " + workers + " workers of 1 thread.");
        if (torch > java) {
            return CheckResult.warning(
                    "processors",
                    found + " With more threads than processors, each operation waits for the slowest thread.",
                    "Leave OMP_NUM_THREADS out, or set it to " + java);
        }
        return CheckResult.ok("processors", found);
    }

    private static String limit(ContainerLimits limits) {
        if (limits.processors().isEmpty()) {
            return "";
        }
        String share = String.format(Locale.ROOT, "%.2f", limits.processors().getAsDouble())
                .replaceFirst("\\.?0+$", "");
        return "; the container is limited to " + share + (share.equals("1") ? " CPU" : " CPUs");
    }

    /** The device and the precision that {@code auto} stands for. */
    static List<CheckResult> device() {
        Device device = Devices.parse("auto");
        return List.of(
                gpu(NativeLibrary.engine().getGpuCount(), Files.exists(DRIVER)),
                precision(device.isGpu(), Precision.AUTO.on(device)));
    }

    static CheckResult gpu(int count, boolean driver) {
        if (count > 0) {
            return CheckResult.ok(GPU, "libtorch sees " + count + "; device: auto takes the first.");
        }
        return driver
                ? CheckResult.warning(
                        GPU,
                        "This machine has an NVIDIA driver, but this libtorch is for the processor alone.",
                        "To use the GPU, see 'GPU' in docs/speed.md; nothing is wrong otherwise")
                : CheckResult.ok(GPU, "None; the processor computes.");
    }

    static CheckResult precision(boolean gpu, Precision auto) {
        String device = gpu ? "GPU" : "processor";
        return CheckResult.ok(
                "precision",
                auto == Precision.BF16
                        ? "auto is bf16: this " + device + " multiplies bfloat16 in hardware."
                        : "auto is fp32: this " + device + " does not multiply bfloat16 in hardware, and bf16 would be"
                                + " slower.");
    }
}
