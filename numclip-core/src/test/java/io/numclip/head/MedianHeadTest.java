package io.numclip.head;

import static io.numclip.testing.NDArrayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;
import io.numclip.testing.FineHeadContract;
import org.junit.jupiter.api.Test;

class MedianHeadTest extends FineHeadContract<MedianHead.Config> {

    @Override
    protected MedianHead.Factory factory() {
        return new MedianHead.Factory();
    }

    /** Neither is the mean, nor the likeliest. */
    @Test
    void halfOfTheProbabilityLiesUpToTheNumber() {
        try (NDManager manager = NDManager.newBaseManager()) {
            float[] rows = {0.4f, 0.05f, 0.1f, 0.05f, 0.4f, /* the last */ 0.1f, 0.1f, 0.1f, 0.1f, 0.6f};
            NDArray logits = manager.create(rows, new Shape(2, 5)).log();
            FineHead head = factory().create(new MedianHead.Config(), new HeadContext(bins(), 8));

            NDArray value = head.refine(new ParameterStore(manager, false), logits, logits, false);

            assertThat(value).isCloseTo(manager.create(new float[] {27, 75}), 1e-6);
        }
    }

    @Test
    void learnsNothing() {
        FineHead head = factory().create(new MedianHead.Config(), new HeadContext(bins(), 8));
        assertThat(head.getParameters()).isEmpty();
    }
}
