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

class LikeliestHeadTest extends FineHeadContract<LikeliestHead.Config> {

    @Override
    protected LikeliestHead.Factory factory() {
        return new LikeliestHead.Factory();
    }

    @Test
    void theLikeliestConceptSpeaksForItself() {
        try (NDManager manager = NDManager.newBaseManager()) {
            float[] rows = {0, 0, 1, 0, 0.9f, /* below zero: */ -5, -4, -3, -2, -1};
            NDArray logits = manager.create(rows, new Shape(2, 5));
            FineHead head = factory().create(new LikeliestHead.Config(), new HeadContext(bins(), 8));

            NDArray value = head.refine(new ParameterStore(manager, false), logits, logits, false);

            assertThat(value).isCloseTo(manager.create(new float[] {27, 75}), 1e-6);
        }
    }

    @Test
    void learnsNothing() {
        FineHead head = factory().create(new LikeliestHead.Config(), new HeadContext(bins(), 8));
        assertThat(head.getParameters()).isEmpty();
    }
}
