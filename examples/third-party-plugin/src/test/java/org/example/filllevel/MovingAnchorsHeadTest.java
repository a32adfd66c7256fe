package org.example.filllevel;

import static io.numclip.testing.NDArrayAssert.assertThat;

import io.numclip.spi.HeadContext;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.numclip.spi.FineHead;
import io.numclip.testing.FineHeadContract;
import org.junit.jupiter.api.Test;

class MovingAnchorsHeadTest extends FineHeadContract<MovingAnchorsHead.Config> {

    @Override
    protected MovingAnchorsHead.Factory factory() {
        return new MovingAnchorsHead.Factory();
    }

    @Test
    void startsAtTheAnchorOfACertainBin() {
        try (NDManager manager = NDManager.newBaseManager()) {
            FineHead head = factory().create(config(), new HeadContext(bins(), 8));
            head.initialize(manager, DataType.FLOAT32, new Shape(1, 5), new Shape(1, 8));
            NDArray certain = manager.create(new float[] {0, 99, 0, 0, 0}, new Shape(1, 5));
            float anchor = (float) bins().get(1).anchor();

            NDArray value = head.refine(new ParameterStore(manager, false), certain, certain, false);

            assertThat(value).isCloseTo(manager.create(new float[] {anchor}), 1e-4);
        }
    }
}
