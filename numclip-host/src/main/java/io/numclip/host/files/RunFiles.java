package io.numclip.host.files;

import io.numclip.host.result.RunFolder;
import io.numclip.host.result.RunMetrics;
import io.numclip.host.result.RunResult;
import io.numclip.storage.AtomicFile;
import java.io.IOException;

/** Writes the data of a finished run: predictions, when and where it was made, and figures. Its epochs are there already. */
public final class RunFiles {

    private RunFiles() {}

    /** Draws a run whose data are there. */
    @FunctionalInterface
    public interface Drawing {
        void draw(FinishedRun run) throws IOException;
    }

    /** @param drawing called when all is written but {@code metrics.json}, which comes last: it marks the run as finished */
    public static void write(RunResult result, Drawing drawing) throws IOException {
        RunFolder folder = result.folder();
        PredictionsFile.write(
                folder.predictions(),
                result.predictions(),
                result.config().protocol().group());
        Made.now(result.took()).write(folder.made());
        byte[] metrics = MetricsFile.content(result);
        drawing.draw(FinishedRun.of(folder, RunMetrics.parsed(metrics).orElseThrow()));
        AtomicFile.write(folder.metrics(), metrics);
    }
}
