package io.numclip.host.run;

import io.numclip.data.Prediction;
import io.numclip.input.ImagePixels;
import io.numclip.input.PixelBatch;
import io.numclip.input.PixelBatches;
import io.numclip.input.Workers;
import io.numclip.model.JointPredictor;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * Turns images into predictions, reading them ahead of the network; memory does not grow with the number of images. An
 * image that cannot be read gets predictions that say why.
 */
public final class PredictionStream {

    /** So many images go through the network together, or fewer where memory is short. */
    public static final int BATCH = 16;

    private final ImagePixels reader;
    private final JointPredictor predictor;
    private final int batch;

    /** Told of what was found in each image, in the order of the images. */
    @FunctionalInterface
    public interface Sink<T> {

        /** @param index of the image, from 0 */
        void predicted(int index, T found) throws IOException;
    }

    /** @param batch how many images go through the network together */
    public PredictionStream(JointPredictor predictor, int batch) {
        this.reader = new ImagePixels(predictor.preprocessors());
        this.predictor = predictor;
        this.batch = batch;
    }

    /**
     * @param images asked for one by one, on the calling thread, a few batches for each processor ahead of the sink
     * @throws IOException if the sink fails
     */
    public void run(Iterator<?> images, Sink<List<Prediction>> sink) throws IOException {
        Workers workers = Workers.of(predictor.device(), predictor.memory(), batch);
        try (PixelBatches pixels = new PixelBatches(reader.preprocessors(), workers)) {
            workers.run(
                    pixels.batches(reader.of(images), batch),
                    predictor::predict,
                    (each, found) -> tell(each, found.iterator(), sink));
        }
    }

    private void tell(PixelBatch batch, Iterator<List<Prediction>> predictions, Sink<List<Prediction>> sink)
            throws IOException {
        for (int index : batch.asked()) {
            String problem = batch.problems().get(index);
            sink.predicted(
                    index,
                    problem == null
                            ? predictions.next()
                            : Collections.nCopies(predictor.size(), Prediction.failed(problem)));
        }
    }
}
