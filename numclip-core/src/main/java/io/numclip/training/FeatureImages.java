package io.numclip.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.model.NumClipModel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntPredicate;

/** Images of which the frozen image tower's features are at hand. */
record FeatureImages(ImageFeatures features) implements InputImages {

    private record FeatureBatch(List<Integer> indices, ImageFeatures features) implements Batch {

        @Override
        public NDArray features(NumClipModel model, NDManager scope, boolean training) {
            int dimension = features.dimension();
            float[] values = new float[indices.size() * dimension];
            for (int i = 0; i < indices.size(); i++) {
                features.copyTo(indices.get(i), values, i * dimension);
            }
            return scope.create(values, new Shape(indices.size(), dimension)); // (N, D)
        }
    }

    /** Images are not mirrored here: their features are made once. */
    @Override
    public Iterator<Batch> batches(int[] order, int batchSize, IntPredicate mirrored) {
        List<Batch> batches = new ArrayList<>();
        for (int start = 0; start < order.length; start += batchSize) {
            List<Integer> indices = new ArrayList<>();
            for (int i = start; i < Math.min(order.length, start + batchSize); i++) {
                if (features.isPresent(order[i])) {
                    indices.add(order[i]);
                }
            }
            if (!indices.isEmpty()) {
                batches.add(new FeatureBatch(indices, features));
            }
        }
        return batches.iterator();
    }

    @Override
    public void close() {}
}
