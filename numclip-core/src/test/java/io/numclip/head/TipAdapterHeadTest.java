package io.numclip.head;

import static io.numclip.testing.NDArrayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.data.NumClipException;
import io.numclip.golden.Golden;
import io.numclip.spi.FittedCoarseHead;
import io.numclip.spi.FittedCoarseHead.Examples;
import io.numclip.spi.HeadContext;
import io.numclip.testing.CoarseHeadContract;
import org.junit.jupiter.api.Test;

class TipAdapterHeadTest extends CoarseHeadContract<TipAdapterHead.Config> {

    private final JsonNode golden = Golden.json("tip-adapter.json");

    @Override
    protected TipAdapterHead.Factory factory() {
        return new TipAdapterHead.Factory();
    }

    /** With more room than there are images. */
    @Test
    void cacheAndSearchEqualThoseOfTorch() {
        try (NDManager manager = NDManager.newBaseManager()) {
            FittedCoarseHead head = head(manager, 30);
            fit(head, manager);
            NDArray logits = head.logits(
                    new ParameterStore(manager, false),
                    array(manager, "test"),
                    array(manager, "texts"),
                    scale(manager),
                    false);
            assertThat(head.getParameters().get("beta").getArray())
                    .isRelativelyCloseTo(manager.create(new float[] {number("beta")}), 1e-6);
            assertThat(head.getParameters().get("alpha").getArray())
                    .isRelativelyCloseTo(manager.create(new float[] {number("alpha")}), 1e-6);
            assertThat(logits).isRelativelyCloseTo(array(manager, "logits"), 1e-5);
        }
    }

    @Test
    void thereIsRoomForAllImagesUnlessTheSizeIsGiven() {
        TipAdapterHead.Factory factory = new TipAdapterHead.Factory();
        assertThat(factory.forImages(factory.defaults(), 12_345).size()).isEqualTo(12_345);
        assertThat(factory.forImages(new TipAdapterHead.Config(20, 1, 5.5), 12_345)
                        .size())
                .isEqualTo(20);
    }

    @Test
    void moreImagesThanThereIsRoomForAreRefused() {
        try (NDManager manager = NDManager.newBaseManager()) {
            FittedCoarseHead head = head(manager, 19);
            assertThatThrownBy(() -> fit(head, manager))
                    .isInstanceOf(NumClipException.class)
                    .hasMessageContaining("coarseHead.size: there is room for 19 training images; found 20");
        }
    }

    private FittedCoarseHead head(NDManager manager, int size) {
        TipAdapterHead.Config config = new TipAdapterHead.Config(size, 1, 5.5);
        FittedCoarseHead head = (FittedCoarseHead) factory().create(config, new HeadContext(bins(), 8));
        head.initialize(manager, DataType.FLOAT32, new Shape(1, 8), new Shape(5, 8), new Shape());
        return head;
    }

    private void fit(FittedCoarseHead head, NDManager manager) {
        Examples training = new Examples(array(manager, "training"), labels(manager, "labels"));
        Examples validation = new Examples(array(manager, "validation"), labels(manager, "truth"));
        head.fit(training, validation, array(manager, "texts"), scale(manager));
    }

    private NDArray array(NDManager manager, String name) {
        return Golden.array(manager, golden.get(name));
    }

    private NDArray labels(NDManager manager, String name) {
        return array(manager, name).toType(DataType.INT64, false);
    }

    private NDArray scale(NDManager manager) {
        return manager.create(number("scale")); // ()
    }

    private float number(String name) {
        return golden.get(name).floatValue();
    }
}
