package io.numclip.host.run;

import java.io.IOException;

/** Writes the data of a finished run: predictions, epochs, when and where it was made, and figures. */
public final class RunFiles {

    private RunFiles() {}

    public static void write(RunResult result) throws IOException {
        RunFolder folder = result.folder();
        PredictionsFile.write(
                folder.predictions(),
                result.predictions(),
                result.config().protocol().group());
        EpochsFile.write(folder.epochs(), result.training().epochs());
        Made.now(result.took()).write(folder.made());
        MetricsFile.write(folder.metrics(), result); // last, because it marks the run as finished
    }
}
