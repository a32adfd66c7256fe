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

class ExpectationHeadTest extends FineHeadContract<ExpectationHead.Config> {

    @Override
    protected ExpectationHead.Factory factory() {
        return new ExpectationHead.Factory();
    }

    @Test
    void certaintyGivesTheAnchorAndDoubtTheMean() {
        try (NDManager manager = NDManager.newBaseManager()) {
            float[] rows = {0, 0, 99, 0, 0, /* all alike: */ 1, 1, 1, 1, 1};
            NDArray logits = manager.create(rows, new Shape(2, 5));
            FineHead head = factory().create(new ExpectationHead.Config(), new HeadContext(bins(), 8));

            NDArray value = head.refine(new ParameterStore(manager, false), logits, logits, false);

            assertThat(value).isCloseTo(manager.create(new float[] {27, (6 + 16 + 27 + 48 + 75) / 5f}), 1e-5);
        }
    }

    @Test
    void learnsNothing() {
        FineHead head = factory().create(new ExpectationHead.Config(), new HeadContext(bins(), 8));
        assertThat(head.getParameters()).isEmpty();
    }
}
