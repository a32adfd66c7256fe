package io.numclip.host.files;

import io.numclip.data.Invocation;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.NumClipException;
import io.numclip.host.result.RunFolder;
import io.numclip.host.result.RunMetrics;
import io.numclip.host.result.RunResult;
import io.numclip.model.ModelDirectory;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.RegularFile;
import io.numclip.training.progress.EpochResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the folder of a finished run holds.
 *
 * @param config the text of {@code config.yaml}
 * @param predictions for the test images, of which only the names are known
 * @param epochs empty where the file of them is gone
 * @param made empty for a run of an earlier version
 */
public record FinishedRun(
        RunFolder folder,
        String config,
        RunMetrics metrics,
        LabeledPredictions predictions,
        List<EpochResult> epochs,
        ModelDirectory model,
        Optional<Made> made) {

    /** @throws NumClipException if the folder holds no run, an unfinished one, or files that cannot be read */
    public static FinishedRun open(Path path) throws IOException {
        RunFolder folder = RunFolder.open(path);
        folder.requireTraining();
        return of(folder, RunMetrics.read(folder.metrics()).orElseThrow(() -> unfinished(path)));
    }

    /** @param metrics what {@code metrics.json} says, or is about to say */
    private static FinishedRun of(RunFolder folder, RunMetrics metrics) throws IOException {
        ModelDirectory model = ModelDirectory.open(folder.model());
        double coverage = metrics.coverage().map(report -> report.promised()).orElse(0.0);
        return new FinishedRun(
                folder,
                new String(RegularFile.read(folder.config()), StandardCharsets.UTF_8),
                metrics,
                PredictionsFile.read(folder.predictions(), model.concepts(), coverage),
                RegularFile.exists(folder.epochs()) ? EpochsCsv.read(folder.epochs()) : List.of(),
                model,
                Made.read(folder.made()));
    }

    /** Draws a run whose data are there. */
    @FunctionalInterface
    public interface Drawing {
        void draw(FinishedRun run) throws IOException;
    }

    /**
     * Writes predictions, when and where the run was made, and figures. Its epochs are there already.
     *
     * @param drawing called when all is written but {@code metrics.json}, which comes last: it marks the run as finished
     */
    public static void write(RunResult result, Drawing drawing) throws IOException {
        RunFolder folder = result.folder();
        PredictionsFile.write(
                folder.predictions(),
                result.predictions(),
                result.config().protocol().group());
        Made.now(result.took()).write(folder.made());
        byte[] metrics = MetricsFile.content(result);
        drawing.draw(of(folder, RunMetrics.parsed(metrics).orElseThrow()));
        AtomicFile.write(folder.metrics(), metrics);
    }

    private static NumClipException unfinished(Path path) {
        return new NumClipException(
                NumClipException.Kind.MISSING,
                path + ": the run is not finished (no complete metrics.json)",
                "finish it with: " + Invocation.NAME + " train --resume " + Invocation.argument(path));
    }
}
