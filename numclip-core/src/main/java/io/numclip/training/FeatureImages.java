package io.numclip.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.features.ImageFeatures;
import io.numclip.input.View;
import io.numclip.model.NumClipModel;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Images as the features of a frozen image tower. */
record FeatureImages(ImageFeatures features) implements InputImages {

    private record FeatureBatch(List<Integer> indices, ImageFeatures features) implements Batch {

        @Override
        public NDArray features(NumClipModel model, NDManager scope, boolean training) {
            return features.toArray(
                    scope, indices.stream().mapToInt(Integer::intValue).toArray()); // (N, D)
        }
    }

    /** Images are seen as they are: their features are computed once. */
    @Override
    public Iterator<Batch> batches(int[] order, int batchSize, IntFunction<View> views) {
        int batches = (order.length + batchSize - 1) / batchSize;
        return IntStream.range(0, batches)
                .mapToObj(batch -> batch(order, batch * batchSize, Math.min(order.length, (batch + 1) * batchSize)))
                .filter(batch -> !batch.indices().isEmpty())
                .iterator();
    }

    private Batch batch(int[] order, int from, int to) {
        List<Integer> indices = Arrays.stream(order, from, to)
                .filter(features::isPresent)
                .boxed()
                .toList();
        return new FeatureBatch(indices, features);
    }

    @Override
    public void close() {}
}
