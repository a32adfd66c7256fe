package io.numclip.host.run;

import io.numclip.data.Prediction;
import io.numclip.input.ImagePixels;
import io.numclip.input.PixelBatch;
import io.numclip.input.PixelBatches;
import io.numclip.input.Stopping;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Turns images into predictions, reading them ahead of the network; memory does not grow with the number of images. An
 * image that cannot be read gets a prediction that says why.
 *
 * @param predictor predicts each image that could be read for a batch
 */
public record PredictionStream(ImagePixels images, Function<PixelBatch, List<Prediction>> predictor) {

    private static final int BATCH = 16;

    /** Told of each prediction, in the order of the images. */
    @FunctionalInterface
    public interface Sink {

        /** @param index of the image */
        void predicted(int index, Prediction prediction) throws IOException;
    }

    /** @throws IOException if the sink fails */
    public void run(Sink sink) throws IOException {
        try (PixelBatches pixels = new PixelBatches(images.preprocessor())) {
            int[] order = IntStream.range(0, images.images().size()).toArray();
            Iterator<PixelBatch> batches = pixels.batches(order, BATCH, images);
            while (batches.hasNext()) {
                Stopping.ifAsked();
                tell(batches.next(), sink);
            }
        }
    }

    private void tell(PixelBatch batch, Sink sink) throws IOException {
        Iterator<Prediction> predictions = predictor.apply(batch).iterator();
        for (int index : batch.asked()) {
            String problem = batch.problems().get(index);
            sink.predicted(index, problem == null ? predictions.next() : Prediction.failed(problem));
        }
    }
}
