package io.numclip.head;

import static io.numclip.testing.NDArrayAssert.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.golden.Golden;
import io.numclip.spi.FittedHead;
import io.numclip.spi.HeadContext;
import io.numclip.testing.FineHeadContract;
import org.junit.jupiter.api.Test;

class RidgeHeadTest extends FineHeadContract<RidgeHead.Config> {

    @Override
    protected RidgeHead.Factory factory() {
        return new RidgeHead.Factory();
    }

    @Override
    protected boolean readsLogits() {
        return false;
    }

    @Test
    void equalsScikitLearn() {
        assertEqualsScikitLearn(8);
    }

    /** More features than images, most of them 0, which change nothing. */
    @Test
    void equalsScikitLearnWithFarMoreFeaturesThanImages() {
        assertEqualsScikitLearn(2100);
    }

    private void assertEqualsScikitLearn(int width) {
        JsonNode golden = Golden.json("heads.json");
        for (JsonNode expected : golden.get("ridge")) {
            try (NDManager manager = NDManager.newBaseManager()) {
                NDArray given = Golden.array(manager, golden.get("features")); // (N, 8)
                long images = given.getShape().get(0);
                NDArray features = given.concat(manager.zeros(new Shape(images, width - 8)), 1);
                RidgeHead.Config config =
                        new RidgeHead.Config(expected.get("alpha").asDouble());
                FittedHead head = (FittedHead) factory().create(config, new HeadContext(bins(), width));
                head.initialize(manager, DataType.FLOAT32, new Shape(1, 5), new Shape(1, width));
                head.fit(features, features, Golden.array(manager, expected.get("labels")));
                NDArray values = head.refine(new ParameterStore(manager, false), features, features, false);
                assertThat(values).isRelativelyCloseTo(Golden.array(manager, expected.get("values")), 1e-5);
                assertThat(head.getParameters().get("weight").getArray().get(new NDIndex(":8")))
                        .isRelativelyCloseTo(Golden.array(manager, expected.get("weight")), 1e-5);
            }
        }
    }
}
