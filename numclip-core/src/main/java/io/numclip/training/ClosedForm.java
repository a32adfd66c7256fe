package io.numclip.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.numclip.input.Stopping;
import io.numclip.input.View;
import io.numclip.model.NumClipModel;
import io.numclip.spi.FittedCoarseHead;
import io.numclip.spi.FittedHead;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.Targets;
import java.util.Iterator;
import java.util.stream.IntStream;

/** Fits heads that need no epochs to all training images at once. */
final class ClosedForm {

    private ClosedForm() {}

    /** Images, and their labels. */
    record Source(InputImages images, Labels labels) {}

    /** What the network gives for all images of a source. */
    private record Outputs(NDArray logits, NDArray coarse, NDArray fine, NDArray values, NDArray bins) {

        FittedCoarseHead.Examples examples() {
            return new FittedCoarseHead.Examples(coarse, bins);
        }
    }

    /** @param head the model's coarse head */
    static void fit(FittedCoarseHead head, NumClipModel model, Source training, Source validation, int batchSize) {
        try (NDManager scope = model.imageTower().manager().newSubManager()) {
            Outputs known = outputs(model, training, batchSize, scope);
            Outputs others = outputs(model, validation, batchSize, scope);
            NDArray texts = model.prototypes().duplicate(); // (K, D)
            NDArray scale = model.logitScale(scope); // ()
            texts.attach(scope);
            head.fit(known.examples(), others.examples(), texts, scale);
        }
    }

    /** @param head the model's fine head */
    static void fit(FittedHead head, NumClipModel model, Source training, int batchSize) {
        try (NDManager scope = model.imageTower().manager().newSubManager()) {
            Outputs known = outputs(model, training, batchSize, scope);
            head.fit(known.logits(), known.fine(), known.values()); // (N, K), (N, E), (N)
        }
    }

    private static Outputs outputs(NumClipModel model, Source source, int batchSize, NDManager scope) {
        NDList logits = new NDList();
        NDList coarse = new NDList();
        NDList fine = new NDList();
        NDList values = new NDList();
        NDList bins = new NDList();
        int[] order = IntStream.range(0, source.labels().size()).toArray();
        Iterator<InputImages.Batch> batches = source.images().batches(order, batchSize, index -> View.PLAIN);
        while (batches.hasNext()) {
            Stopping.ifAsked();
            InputImages.Batch batch = batches.next();
            NumClipOutput output = batch.predict(model, scope);
            Targets targets = source.labels().targets(batch.indices(), scope);
            logits.add(output.logits());
            coarse.add(model.coarseFeatures(output));
            fine.add(output.headFeatures());
            values.add(targets.values());
            bins.add(targets.bins());
        }
        return new Outputs(
                NDArrays.concat(logits),
                NDArrays.concat(coarse),
                NDArrays.concat(fine),
                NDArrays.concat(values),
                NDArrays.concat(bins));
    }
}
