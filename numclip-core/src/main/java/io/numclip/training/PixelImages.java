package io.numclip.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.GradientCollector;
import io.numclip.input.ImageBatches;
import io.numclip.input.PixelBatch;
import io.numclip.input.View;
import io.numclip.model.NumClipModel;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Images that go through the whole network.
 *
 * @param microBatch how many go through the image tower at a time; 0: the whole batch
 */
record PixelImages(ImageBatches images, int microBatch) implements InputImages {

    /**
     * Batches whose graph of the tower would not fit into memory go through the tower twice (GradCache: Gao et al.,
     * "Scaling Deep Contrastive Learning Batch Size under Memory Limited Setup", 2021): first without a graph, for the
     * features that the losses need all at once, then one micro-batch at a time with a graph, to propagate the
     * gradients of the losses to the parameters. The gradients are those of the whole batch.
     */
    private record Pixels(PixelBatch batch, int part, NDList parts) implements Batch {

        @Override
        public List<Integer> indices() {
            return batch.indices();
        }

        @Override
        public NDArray features(NumClipModel model, NDManager scope, boolean training) {
            parts.addAll(cut(batch.toArray(scope))); // (n, 3, H, W) each
            if (parts.size() == 1) {
                return model.encodeImages(parts.head(), training); // (N, D)
            }
            NDList features = new NDList();
            parts.forEach(some -> features.add(model.encodeImages(some, false))); // (n, D)
            NDArray all = NDArrays.concat(features).duplicate(); // (N, D)
            all.setRequiresGradient(training);
            return all;
        }

        @Override
        public void backward(NumClipModel model, NDArray features, GradientCollector collector) {
            if (parts.size() == 1) {
                return;
            }
            try (NDArray gradient = features.getGradient()) { // (N, D)
                NDList gradients = cut(gradient);
                for (int i = 0; i < parts.size(); i++) {
                    NDArray again = model.encodeImages(parts.get(i), true); // (n, D)
                    collector.backward(again.mul(gradients.get(i)).sum());
                }
            }
        }

        private NDList cut(NDArray array) {
            long count = array.getShape().get(0);
            NDList some = new NDList();
            for (long start = 0; start < count; start += part) {
                some.add(array.get(new NDIndex("{}:{}", start, Math.min(count, start + part))));
            }
            return some;
        }
    }

    @Override
    public Iterator<Batch> batches(int[] order, int batchSize, IntFunction<View> views) {
        Iterator<PixelBatch> batches = images.batches(order, batchSize, views);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return batches.hasNext();
            }

            @Override
            public Batch next() {
                return new Pixels(batches.next(), microBatch == 0 ? batchSize : microBatch, new NDList());
            }
        };
    }

    @Override
    public void close() {
        images.close();
    }
}
