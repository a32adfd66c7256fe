package io.numclip.head;

import static io.numclip.testing.NDArrayAssert.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.HeadContext;
import io.numclip.testing.CoarseHeadContract;
import org.junit.jupiter.api.Test;

class ImageTextHeadTest extends CoarseHeadContract<ImageTextHead.Config> {

    @Override
    protected ImageTextHead.Factory factory() {
        return new ImageTextHead.Factory();
    }

    @Test
    void isTheCosineTimesTheLogitScale() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray images = manager.create(new float[] {1, 0, 0.6f, 0.8f}, new Shape(2, 2));
            NDArray words = manager.create(new float[] {0, 1, 1, 0, 0.8f, 0.6f}, new Shape(3, 2));
            CoarseHead head = factory().create(factory().defaults(), new HeadContext(bins(), 2));
            NDArray logits = head.logits(new ParameterStore(manager, false), images, words, manager.create(10f), false);
            assertThat(logits).isCloseTo(manager.create(new float[] {0, 10, 8, 8, 6, 9.6f}, new Shape(2, 3)), 1e-5);
        }
    }
}
