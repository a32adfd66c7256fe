package io.numclip.runner.doctor;

import io.numclip.machine.MachineMemory;
import java.util.List;

/** How the memory is shared between Java, which has the decoded images, and libtorch, which has weights and batches. */
final class MemoryCheck implements Check {

    private static final String ABOUT = "memory";
    private static final long SMALL_HEAP = 200 * CheckResult.MEGABYTE;
    private static final long LITTLE_FOR_LIBTORCH = 600 * CheckResult.MEGABYTE; // what ViT-B/32 needs: docs/models.md
    private static final long MUCH = 4096 * CheckResult.MEGABYTE;

    @Override
    public List<CheckResult> results() {
        return List.of(judge(MachineMemory.read()));
    }

    static CheckResult judge(MachineMemory memory) {
        long all = memory.all();
        long java = memory.heap();
        long left = memory.besideHeap();
        String found = CheckResult.megabytes(all) + (memory.contained() ? ", the limit of the container" : "")
                + ". Java's heap takes " + CheckResult.megabytes(java) + " at most; " + CheckResult.megabytes(left)
                + " are left for libtorch.";
        if (left < LITTLE_FOR_LIBTORCH) {
            return CheckResult.warning(
                    ABOUT,
                    found + " That is little: the system ends a process that needs more (exit code 137).",
                    "Give more memory, or less of it to Java: JAVA_OPTS=-Xmx" + (all / 4 / CheckResult.MEGABYTE) + "m");
        }
        if (java < SMALL_HEAP) {
            return CheckResult.warning(
                    ABOUT,
                    found + " Large images do not fit into this heap; each is a failed row.",
                    "Give Java more: JAVA_OPTS=-Xmx" + Math.max(2 * java, SMALL_HEAP) / CheckResult.MEGABYTE + "m");
        }
        return CheckResult.ok(ABOUT, all < MUCH ? found + hint() : found);
    }

    private static String hint() {
        return " A prediction needs 0.8 GB in all with ViT-B/32 and 2 GB with ViT-L/14; a training of an image tower"
                + " needs less with training.microBatch.";
    }
}
