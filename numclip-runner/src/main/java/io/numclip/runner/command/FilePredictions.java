package io.numclip.runner.command;

import io.numclip.clip.PixelBatch;
import io.numclip.clip.PixelBatches;
import io.numclip.data.Prediction;
import io.numclip.runner.experiment.FilePixels;
import io.numclip.runner.report.PredictedFile;
import io.numclip.runner.report.PredictionWriter;
import io.numclip.training.Stopping;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Files to predictions, read ahead of the network; a file that cannot be read becomes a row with the reason. */
final class FilePredictions {

    private static final int BATCH = 16;

    private final FilePixels files;
    private final Function<PixelBatch, List<Prediction>> predictor;

    FilePredictions(FilePixels files, Function<PixelBatch, List<Prediction>> predictor) {
        this.files = files;
        this.predictor = predictor;
    }

    /** @return how many files failed */
    int write(PredictionWriter writer) throws IOException {
        int failed = 0;
        try (PixelBatches pixels = new PixelBatches(files.preprocessor())) {
            int[] order = IntStream.range(0, files.files().size()).toArray();
            Iterator<PixelBatch> batches = pixels.batches(order, BATCH, files);
            while (batches.hasNext()) {
                Stopping.ifAsked();
                PixelBatch batch = batches.next();
                write(batch, writer);
                failed += batch.problems().size();
            }
        }
        return failed;
    }

    private void write(PixelBatch batch, PredictionWriter writer) throws IOException {
        Iterator<Prediction> predictions = predictor.apply(batch).iterator();
        for (int index : batch.asked()) {
            String name = files.files().get(index).toString();
            String problem = batch.problems().get(index);
            writer.write(
                    problem == null ? PredictedFile.of(name, predictions.next()) : PredictedFile.failed(name, problem));
        }
    }
}
