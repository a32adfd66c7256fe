package io.numclip.training;

import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.numclip.input.Stopping;
import io.numclip.input.View;
import io.numclip.model.NumClipModel;
import io.numclip.spi.FittedHead;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.Targets;
import java.util.Iterator;
import java.util.stream.IntStream;

/** Fits a head with a closed form to all training images at once. */
final class ClosedForm {

    private ClosedForm() {}

    /** @param head the model's fine head */
    static void fit(FittedHead head, NumClipModel model, InputImages images, Labels labels, int batchSize) {
        try (NDManager scope = model.imageTower().manager().newSubManager()) {
            NDList logits = new NDList();
            NDList features = new NDList();
            NDList values = new NDList();
            int[] order = IntStream.range(0, labels.size()).toArray();
            Iterator<InputImages.Batch> batches = images.batches(order, batchSize, index -> View.PLAIN);
            while (batches.hasNext()) {
                Stopping.ifAsked();
                InputImages.Batch batch = batches.next();
                NumClipOutput output = batch.predict(model, scope);
                Targets targets = labels.targets(batch.indices(), scope);
                logits.add(output.logits());
                features.add(output.imageFeatures());
                values.add(targets.values());
            }
            head.fit(
                    NDArrays.concat(logits), NDArrays.concat(features), NDArrays.concat(values)); // (N, K), (N, D), (N)
        }
    }
}
