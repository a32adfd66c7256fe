package io.numclip.machine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The memory that this process may use, in bytes.
 *
 * @param all of the machine, or of its container
 * @param contained whether a container sets it
 * @param heap that Java's heap takes at most
 */
public record MachineMemory(long all, boolean contained, long heap) {

    private static final long OF_THE_PROGRAM = 300L << 20; // code of libtorch and Java, classes, threads

    /** Of this process. */
    public static MachineMemory read() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return of(
                system.getTotalMemorySize(),
                ContainerLimits.read(),
                Runtime.getRuntime().maxMemory());
    }

    /** @param machine bytes of the machine */
    public static MachineMemory of(long machine, ContainerLimits limits, long heap) {
        long all = Math.min(machine, limits.memory().orElse(machine));
        boolean contained = limits.memory().isPresent() && limits.memory().getAsLong() <= machine;
        return new MachineMemory(all, contained, heap);
    }

    /** What the heap leaves for everything else, at least. */
    public long besideHeap() {
        return Math.max(0, all - heap);
    }

    /** What is left for weights, pixels and what a network computes. */
    public long forModels() {
        return Math.max(0, besideHeap() - OF_THE_PROGRAM);
    }
}
