package io.numclip.training;

import ai.djl.ndarray.NDManager;
import io.numclip.clip.PixelBatch;
import io.numclip.model.NumClipModel;
import io.numclip.spi.NumClipOutput;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntPredicate;

/** Images that go through the whole network. */
record PixelImages(ImageBatches images) implements InputImages {

    private record Pixels(PixelBatch batch) implements Batch {

        @Override
        public List<Integer> indices() {
            return batch.indices();
        }

        @Override
        public NumClipOutput forward(NumClipModel model, NDManager scope, boolean training) {
            return model.forward(batch.toArray(scope), training);
        }
    }

    @Override
    public Iterator<Batch> batches(int[] order, int batchSize, IntPredicate mirrored) {
        Iterator<PixelBatch> batches = images.batches(order, batchSize, mirrored);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return batches.hasNext();
            }

            @Override
            public Batch next() {
                return new Pixels(batches.next());
            }
        };
    }

    @Override
    public void close() {
        images.close();
    }
}
