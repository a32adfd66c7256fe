package io.numclip.runner.doctor;

import io.numclip.clip.kernel.NativeThreads;
import io.numclip.machine.ContainerLimits;
import io.numclip.machine.ProcessorShare;
import java.util.List;
import java.util.Locale;

/** Whether Java and libtorch keep to the processors that they may use. */
final class ProcessorsCheck implements Check {

    private static final String ABOUT = "processors";

    @Override
    public List<CheckResult> results() {
        int java = Runtime.getRuntime().availableProcessors();
        return List.of(judge(
                ProcessorShare.allowed(),
                ContainerLimits.read(),
                java,
                NativeThreads.count(),
                ProcessorShare.chosen()));
    }

    /**
     * @param allowed processors that the system lets this process run on
     * @param java that Java counts
     * @param torch threads of one operation of libtorch
     * @param workers that many images are divided among
     */
    static CheckResult judge(int allowed, ContainerLimits limits, int java, int torch, int workers) {
        String found = allowed + (allowed == 1 ? " processor" : " processors") + limit(limits) + ". Java uses " + java
                + ", an operation of libtorch " + (torch == 1 ? "1 thread." : torch + " threads.")
                + (workers == 1 ? "" : " Many images are divided among " + workers + " workers of 1 thread.");
        if (torch > java) {
            return CheckResult.warning(
                    ABOUT,
                    found + " With more threads than processors, each operation waits for the slowest thread.",
                    "Leave OMP_NUM_THREADS out, or set it to " + java);
        }
        return CheckResult.ok(ABOUT, found);
    }

    private static String limit(ContainerLimits limits) {
        if (limits.processors().isEmpty()) {
            return "";
        }
        String share = String.format(Locale.ROOT, "%.2f", limits.processors().getAsDouble())
                .replaceFirst("\\.?0+$", "");
        return "; the container is limited to " + share + (share.equals("1") ? " CPU" : " CPUs");
    }
}
