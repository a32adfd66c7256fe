package io.numclip.runner.folds;

import io.numclip.host.result.Comparison;
import io.numclip.host.result.RunFolder;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of training on one fold: figures, or a failure.
 *
 * @param fold its name
 * @param folder of its run
 * @param comparison null if it failed
 * @param failure why; empty if it did not fail
 * @param exitCode of the failure; 0 if it did not fail
 */
public record FoldResult(
        String fold, RunFolder folder, @Nullable Comparison comparison, String failure, int exitCode) {

    public static FoldResult done(String fold, RunFolder folder, Comparison comparison) {
        return new FoldResult(fold, folder, comparison, "", 0);
    }

    public static FoldResult failed(String fold, RunFolder folder, String failure, int exitCode) {
        return new FoldResult(fold, folder, null, failure, exitCode);
    }
}
