package io.numclip.host.run;

import io.numclip.data.Prediction;
import io.numclip.input.ImagePixels;
import io.numclip.input.PixelBatch;
import io.numclip.input.PixelBatches;
import io.numclip.input.Stopping;
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

    /** So many images go through the network together. */
    public static final int BATCH = 16;

    private final ImagePixels reader;
    private final Predictor predictor;
    private final int models;

    /** Told of what was found in each image, in the order of the images. */
    @FunctionalInterface
    public interface Sink<T> {

        /** @param index of the image, from 0 */
        void predicted(int index, T found) throws IOException;
    }

    /** What the network does. */
    @FunctionalInterface
    public interface Predictor {

        /** @return for each image that could be read, the predictions of all models */
        List<List<Prediction>> predict(PixelBatch batch);
    }

    public PredictionStream(JointPredictor predictor) {
        this(new ImagePixels(predictor.preprocessors()), predictor::predict, predictor.size());
    }

    /** @param models how many predictions an image has */
    public PredictionStream(ImagePixels reader, Predictor predictor, int models) {
        this.reader = reader;
        this.predictor = predictor;
        this.models = models;
    }

    /**
     * @param images asked for one by one, on the calling thread, at most three batches ahead of the sink
     * @throws IOException if the sink fails
     */
    public void run(Iterator<?> images, Sink<List<Prediction>> sink) throws IOException {
        try (PixelBatches pixels = new PixelBatches(reader.preprocessors())) {
            Iterator<PixelBatch> batches = pixels.batches(reader.of(images), BATCH);
            while (batches.hasNext()) {
                Stopping.ifAsked();
                tell(batches.next(), sink);
            }
        }
    }

    private void tell(PixelBatch batch, Sink<List<Prediction>> sink) throws IOException {
        Iterator<List<Prediction>> predictions = predictor.predict(batch).iterator();
        for (int index : batch.asked()) {
            String problem = batch.problems().get(index);
            sink.predicted(
                    index,
                    problem == null ? predictions.next() : Collections.nCopies(models, Prediction.failed(problem)));
        }
    }
}
