package io.numclip.host.config;

import io.numclip.data.LabelScale;
import io.numclip.host.plugin.ClosedClassException;
import io.numclip.spi.BinningStrategy;
import io.numclip.spi.OrdinalTask;
import java.util.Optional;

/**
 * Makes the binning of a configuration once, without labels, so that bins outside the scale of the task are named with
 * the other mistakes. Code of a plugin that fails is left to the training, which names the plugin.
 */
@SuppressWarnings("unchecked") // the binder has filled the settings for the same factory
final class ScaleCheck {

    private static final String BINNING = "binning";

    private final RecordBinder binder;

    /** @param binder that has read the configuration */
    ScaleCheck(RecordBinder binder) {
        this.binder = binder;
    }

    void check(ConfigNode.Mapping tree) {
        if (tree.get(BINNING) instanceof ConfigNode.Mapping section) {
            refusal(BINNING).ifPresent(refusal -> binder.report(refusal, section, BINNING));
        }
    }

    /** Why the binning that was chosen there cannot be made. */
    Optional<IllegalArgumentException> refusal(String path) {
        return binder.component(path).flatMap(chosen -> scale().flatMap(scale -> refusal(chosen, scale)));
    }

    /** The scale of the task; empty if it cannot be had. */
    Optional<LabelScale> scale() {
        return binder.component("task").flatMap(ScaleCheck::scale);
    }

    private static Optional<LabelScale> scale(Configured<?> task) {
        OrdinalTask.Factory<Record> factory = (OrdinalTask.Factory<Record>) task.factory();
        try {
            return Optional.ofNullable(factory.create(task.settings()).scale());
        } catch (RuntimeException | LinkageError failure) {
            return unknown(failure);
        }
    }

    private static Optional<IllegalArgumentException> refusal(Configured<?> binning, LabelScale scale) {
        BinningStrategy.Factory<Record> factory = (BinningStrategy.Factory<Record>) binning.factory();
        try {
            factory.create(binning.settings(), scale);
            return Optional.empty();
        } catch (IllegalArgumentException refusal) {
            return Optional.of(refusal);
        } catch (RuntimeException | LinkageError failure) {
            return unknown(failure);
        }
    }

    /** That a class is closed to plugins must be told now: at the next use of the class, Java no longer says why. */
    private static <T> Optional<T> unknown(Throwable failure) {
        ClosedClassException.within(failure).ifPresent(closed -> {
            throw closed;
        });
        return Optional.empty();
    }
}
