package io.numclip.runner.terminal;

import io.numclip.training.progress.TrainingListener.MemoryPlan;
import java.util.Locale;
import java.util.Optional;

/** What is said of the memory that a training of an image tower needs. */
final class MemoryWords {

    private static final long WORTH_A_LINE = 1_000_000_000; // bytes

    private MemoryWords() {}

    /** For a plan that needs more than is free. */
    static String tooMuch(MemoryPlan plan) {
        return String.format(
                Locale.ROOT,
                "the image tower needs about %s while it learns, but %s are free beside Java's heap; a smaller one,"
                        + " training.learningRates.imageEncoder=0 or training.lora needs less",
                gigabytes(plan.bytes()),
                gigabytes(plan.free()));
    }

    static Optional<String> of(MemoryPlan plan) {
        if (plan.images() < plan.wanted()) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%d of the %d images of a batch go through the image tower at a time, with the same gradients: all would need"
                            + " about %s, and %s are free",
                    plan.images(),
                    plan.wanted(),
                    gigabytes(plan.wantedBytes()),
                    gigabytes(plan.free())));
        }
        return plan.bytes() < WORTH_A_LINE
                ? Optional.empty()
                : Optional.of("the image tower needs about " + gigabytes(plan.bytes())
                        + " of memory while it learns, beside Java's heap");
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
