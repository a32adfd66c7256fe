package io.numclip.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.ImageSource;
import io.numclip.data.LabeledImage;
import io.numclip.head.RidgeHead;
import io.numclip.input.View;
import io.numclip.model.NumClipModel;
import io.numclip.spi.FittedHead;
import io.numclip.spi.HeadContext;
import io.numclip.testing.TinyClip;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosedFormTest {

    private static final Bins BINS = new Bins(List.of(new Bin("few", 0, 50, 25), new Bin("many", 50, 100, 75)));

    @TempDir
    private Path folder;

    @Test
    void headSeesAllImagesOfAllBatches() throws IOException {
        List<LabeledImage> images = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            images.add(new LabeledImage("image " + i, new TestingSource(), 20 * i, Map.of()));
        }
        RidgeHead.Factory factory = new RidgeHead.Factory();
        FittedHead head =
                (FittedHead) factory.create(new RidgeHead.Config(1e-6), new HeadContext(BINS, TinyClip.EMBED_DIM));
        Corners corners = new Corners();
        try (NumClipModel model = TinyClip.in(folder).model(BINS, head);
                NDManager scope = model.imageTower().manager().newSubManager()) {
            ClosedForm.fit(head, model, new ClosedForm.Source(corners, new Labels(images, BINS)), 2);

            for (int i = 0; i < 5; i++) {
                float value =
                        corners.batch(List.of(i)).predict(model, scope).value().getFloat(0);
                assertThat(value).isCloseTo(20f * i, within(0.01f));
            }
        }
    }

    /** Image i has the i-th unit vector as its feature. */
    private static final class Corners implements InputImages {

        private record CornerBatch(List<Integer> indices) implements Batch {
            @Override
            public NDArray features(NumClipModel model, NDManager scope, boolean training) {
                float[] features = new float[indices.size() * TinyClip.EMBED_DIM];
                for (int i = 0; i < indices.size(); i++) {
                    features[i * TinyClip.EMBED_DIM + indices.get(i)] = 1;
                }
                return scope.create(features, new Shape(indices.size(), TinyClip.EMBED_DIM));
            }
        }

        Batch batch(List<Integer> indices) {
            return new CornerBatch(indices);
        }

        @Override
        public Iterator<Batch> batches(int[] order, int batchSize, IntFunction<View> views) {
            List<Batch> batches = new ArrayList<>();
            for (int start = 0; start < order.length; start += batchSize) {
                int end = Math.min(order.length, start + batchSize);
                batches.add(batch(Arrays.stream(order, start, end).boxed().toList()));
            }
            return batches.iterator();
        }

        @Override
        public void close() {}
    }

    private record TestingSource() implements ImageSource {
        @Override
        public BufferedImage read() {
            throw new AssertionError("features are at hand");
        }

        @Override
        public String fingerprint() {
            return "none";
        }
    }
}
