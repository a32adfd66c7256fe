package io.numclip.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.numclip.clip.kernel.NoGradient;
import io.numclip.clip.tower.BatchParts;
import io.numclip.clip.tower.DividedTower;
import io.numclip.input.ImageBatches;
import io.numclip.input.PixelBatch;
import io.numclip.input.View;
import io.numclip.model.NumClipModel;
import io.numclip.model.Part;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Images that go through the whole network.
 *
 * @param microBatch how many go through the image tower at a time; 0: the whole batch
 * @param divided takes parts of a whole batch through the tower at the same time; empty: for validation, or not divided
 */
record PixelImages(ImageBatches images, int microBatch, Optional<DividedTower> divided) implements InputImages {

    private record Whole(PixelBatch batch) implements Batch {

        @Override
        public List<Integer> indices() {
            return batch.indices();
        }

        @Override
        public NDArray features(NumClipModel model, NDManager scope, boolean training) {
            boolean graph = training && model.isTrained(Part.IMAGE_ENCODER);
            NDArray features = model.encodeImages(batch.toArray(scope), graph); // (N, D)
            return training && !graph ? features.duplicate() : features; // without a graph it may not enter one itself
        }
    }

    /**
     * Batches whose graph of the tower would not fit into memory go through the tower twice (GradCache: Gao et al.,
     * "Scaling Deep Contrastive Learning Batch Size under Memory Limited Setup", 2021): first without a graph, for the
     * features that the losses need all at once, then one micro-batch at a time with a graph, to propagate the
     * gradients of the losses to the parameters. The gradients are those of the whole batch.
     */
    private record InMicroBatches(PixelBatch batch, int size, NDList parts) implements Batch {

        @Override
        public List<Integer> indices() {
            return batch.indices();
        }

        @Override
        public NDArray features(NumClipModel model, NDManager scope, boolean training) {
            boolean learns = training && model.isTrained(Part.IMAGE_ENCODER);
            parts.addAll(BatchParts.of(batch.toArray(scope), size)); // (n, 3, H, W) each
            NDList features = new NDList();
            // as with a graph: the kernel may add up in another order where none is needed
            parts.forEach(some -> features.add(
                    learns
                            ? NoGradient.get(() -> model.encodeImages(some, true))
                            : model.encodeImages(some, false))); // (n, D)
            NDArray all = NDArrays.concat(features).duplicate(); // (N, D)
            all.setRequiresGradient(learns);
            return all;
        }

        @Override
        public void backward(NumClipModel model, NDArray features, GradientCollector collector) {
            if (!model.isTrained(Part.IMAGE_ENCODER)) {
                return;
            }
            try (NDArray gradient = features.getGradient()) { // (N, D)
                NDList gradients = BatchParts.of(gradient, size);
                for (int i = 0; i < parts.size(); i++) {
                    NDArray again = model.encodeImages(parts.get(i), true); // (n, D)
                    collector.backward(again.mul(gradients.get(i)).sum());
                }
            }
        }
    }

    /** For training only. */
    private static final class Divided implements Batch {

        private final PixelBatch batch;
        private final DividedTower tower;
        private DividedTower.@Nullable Pass pass;

        Divided(PixelBatch batch, DividedTower tower) {
            this.batch = batch;
            this.tower = tower;
        }

        @Override
        public List<Integer> indices() {
            return batch.indices();
        }

        @Override
        public NDArray features(NumClipModel model, NDManager scope, boolean training) {
            pass = tower.forward(batch.toArray(scope));
            return pass.features(); // (N, D)
        }

        @Override
        public void backward(NumClipModel model, NDArray features, GradientCollector collector) {
            Objects.requireNonNull(pass).backward();
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
                return batch(batches.next());
            }
        };
    }

    @Override
    public boolean isDivided() {
        return divided.isPresent();
    }

    private Batch batch(PixelBatch batch) {
        if (microBatch > 0 && microBatch < batch.indices().size()) {
            return new InMicroBatches(batch, microBatch, new NDList());
        }
        return divided.<Batch>map(tower -> new Divided(batch, tower)).orElseGet(() -> new Whole(batch));
    }

    @Override
    public void close() {
        divided.ifPresent(DividedTower::close);
        images.close();
    }
}
