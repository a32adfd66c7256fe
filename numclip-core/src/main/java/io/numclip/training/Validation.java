package io.numclip.training;

import ai.djl.ndarray.NDManager;
import io.numclip.input.View;
import io.numclip.model.NumClipModel;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.IntStream;

/** Mean absolute error on the validation images, with values clamped to the label scale as in prediction. */
record Validation(NumClipModel model, InputImages images, Labels labels) {

    double meanAbsoluteError(int batchSize) throws IOException {
        return StepThreads.of(model, images).run(() -> error(batchSize));
    }

    private double error(int batchSize) {
        int[] order = IntStream.range(0, labels.size()).toArray();
        Iterator<InputImages.Batch> batches = images.batches(order, batchSize, index -> View.PLAIN);
        double sum = 0;
        int count = 0;
        while (batches.hasNext()) {
            InputImages.Batch batch = batches.next();
            float[] values = predict(batch);
            for (int i = 0; i < values.length; i++) {
                sum += Math.abs(
                        model.clamp(values[i]) - labels.value(batch.indices().get(i)));
            }
            count += values.length;
        }
        return sum / count;
    }

    private float[] predict(InputImages.Batch batch) {
        try (NDManager scope = model.imageTower().manager().newSubManager()) {
            return batch.predict(model, scope).value().toFloatArray(); // (N)
        }
    }
}
