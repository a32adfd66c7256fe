package io.numclip.head;

import static io.numclip.testing.NDArrayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.clip.Precision;
import io.numclip.data.NumClipException;
import io.numclip.golden.Golden;
import io.numclip.model.ModelDirectory;
import io.numclip.model.NumClipModel;
import io.numclip.model.NumClipPredictor;
import io.numclip.spi.FineHead;
import io.numclip.spi.FittedCoarseHead.Examples;
import io.numclip.spi.HeadContext;
import io.numclip.testing.CoarseHeadContract;
import io.numclip.testing.TinyClip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeighboursHeadTest extends CoarseHeadContract<NeighboursHead.Config> {

    private static final int ROOM = 50; // for 40 images
    private static final int WIDTH = 64;

    private final JsonNode golden = Golden.json("neighbours.json");

    @Override
    protected NeighboursHead.Factory factory() {
        return new NeighboursHead.Factory();
    }

    @Test
    void sharesAndTheChoiceOfKEqualScikitLearn() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NeighboursHead head = fitted(manager, ROOM);
            assertThat(head.storedImages()).isEqualTo(40);
            assertThat(head.neighbours()).isEqualTo(golden.get("best").intValue());
            for (JsonNode expected : golden.get("neighbours")) {
                ImageRoom.set(head.getParameters().get("k"), expected.get("k").intValue());
                assertThat(logits(head, array(manager, "test")).softmax(1))
                        .isCloseTo(Golden.array(manager, expected.get("probabilities")), 1e-6);
            }
        }
    }

    /** A concept that no neighbour shows has the logarithm of the smallest share, not of 0. */
    @Test
    void logitsAreFinite() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = logits(fitted(manager, ROOM), array(manager, "test"));
            assertThat(logits).isFinite();
            assertThat(logits.min().getFloat()).isEqualTo((float) Math.log(NeighboursHead.SMALLEST_SHARE));
        }
    }

    @Test
    void roomThatIsNotUsedAddsNothing() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NeighboursHead exact = fitted(manager, 40);
            NeighboursHead roomy = fitted(manager, ROOM);
            ImageRoom.set(exact.getParameters().get("k"), 32);
            ImageRoom.set(roomy.getParameters().get("k"), 32);
            assertThat(logits(roomy, array(manager, "test"))).isCloseTo(logits(exact, array(manager, "test")), 0);
        }
    }

    /** Four times the same image, as three concepts: {@code 0, 2, 2, 1}. */
    @Test
    void ofEqualsTheEarlierOnesAreNearer() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray image = manager.eye(8).get("0:1"); // (1, D)
            NDArray others = manager.eye(8).get("1:3"); // (2, D)
            NDArray images = others.concat(image.repeat(0, 4)); // (6, D)
            Examples training = new Examples(images, manager.create(new long[] {4, 3, 0, 2, 2, 1}));
            NeighboursHead head = head(manager, ROOM);
            head.fit(training, new Examples(image, manager.create(new long[] {0})), images, manager.create(1f));
            assertThat(head.neighbours()).isEqualTo(1);
            assertShares(head, image, 1, 0, 0, 0, 0);
            ImageRoom.set(head.getParameters().get("k"), 2);
            assertShares(head, image, 0.5f, 0, 0.5f, 0, 0);
            ImageRoom.set(head.getParameters().get("k"), 5);
            assertShares(head, image, 0.2f, 0.2f, 0.4f, 0, 0.2f);
        }
    }

    /** All distances are equal, but for the order in which they are summed up: any other order has other neighbours. */
    @Test
    void anImageHasTheSameBitsAloneAndInABatch() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NeighboursHead head =
                    (NeighboursHead) factory().create(new NeighboursHead.Config(ROOM), new HeadContext(bins(), WIDTH));
            head.initialize(manager, DataType.FLOAT32, new Shape(1, WIDTH), new Shape(5, WIDTH), new Shape());
            NDArray shuffled = shuffled(manager, 40);
            Examples examples = new Examples(shuffled, labels(manager, "labels"));
            head.fit(examples, examples, shuffled, manager.create(1f));
            ImageRoom.set(head.getParameters().get("k"), 16);
            NDArray images =
                    manager.arange(1f, 38f).reshape(37, 1).repeat(1, WIDTH).div(40f); // (37, D)
            NDArray together = logits(head, images);
            for (int i = 0; i < 37; i++) {
                String image = i + ":" + (i + 1);
                assertThat(logits(head, images.get(image))).isCloseTo(together.get(image), 0);
            }
        }
    }

    /** The same numbers in each row, in another order. */
    private static NDArray shuffled(NDManager manager, int rows) {
        Random random = new Random(3);
        List<Float> numbers = new ArrayList<>();
        random.doubles(WIDTH).forEach(number -> numbers.add((float) number));
        float[] all = new float[rows * WIDTH];
        for (int i = 0; i < all.length; i++) {
            if (i % WIDTH == 0) {
                Collections.shuffle(numbers, random);
            }
            all[i] = numbers.get(i % WIDTH);
        }
        return manager.create(all, new Shape(rows, WIDTH));
    }

    @Test
    void aModelPredictsTheSameBitsAfterLoading(@TempDir Path folder) throws IOException {
        TinyClip clip = TinyClip.in(folder.resolve("clip"));
        Path directory = folder.resolve("model");
        NeighboursHead.Config config = factory().forImages(factory().defaults(), 40);
        HeadContext context = new HeadContext(bins(), TinyClip.EMBED_DIM);
        FineHead fine = new ExpectationHead.Factory().create(new ExpectationHead.Config(), context);
        float[] logits;
        float[] numbers;
        try (NumClipModel model = clip.model(bins(), factory().create(config, context), fine);
                NDManager manager = model.imageTower().manager().newSubManager()) {
            NeighboursHead head = (NeighboursHead) model.coarseHead();
            NDArray images = random(manager, 40);
            NDArray unit = images.div(images.norm(new int[] {1}, true));
            head.fit(
                    new Examples(unit, labels(manager, "labels")),
                    new Examples(unit.get("5:35"), labels(manager, "truth").get("0:30")),
                    unit,
                    manager.create(1f));
            logits = model.forwardFeatures(asked(manager), false).logits().toFloatArray();
            numbers = model.forwardFeatures(asked(manager), false).value().toFloatArray();
            assertThat(head.neighbours()).isGreaterThan(1);
            ModelDirectory.write(directory, model, clip.description(model.scale(), "neighbours", "expectation"));
        }
        try (NumClipPredictor predictor = ModelDirectory.open(directory)
                        .predictor(clip.base(), factory().create(config, context), fine, Device.cpu(), Precision.FP32);
                NDManager manager = predictor.model().imageTower().manager().newSubManager()) {
            NumClipModel model = predictor.model();
            assertThat(model.forwardFeatures(asked(manager), false).logits().toFloatArray())
                    .isEqualTo(logits);
            assertThat(model.forwardFeatures(asked(manager), false).value().toFloatArray())
                    .isEqualTo(numbers);
        }
    }

    @Test
    void thereIsRoomForAllImagesUnlessTheSizeIsGiven() {
        NeighboursHead.Factory factory = new NeighboursHead.Factory();
        assertThat(factory.forImages(factory.defaults(), 12_345).size()).isEqualTo(12_345);
        assertThat(factory.forImages(new NeighboursHead.Config(20), 12_345).size())
                .isEqualTo(20);
    }

    @Test
    void moreImagesThanThereIsRoomForAreRefused() {
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThatThrownBy(() -> fitted(manager, 39))
                    .isInstanceOf(NumClipException.class)
                    .hasMessageContaining("coarseHead.size: there is room for 39 training images; found 40");
        }
    }

    private NeighboursHead fitted(NDManager manager, int size) {
        NeighboursHead head = head(manager, size);
        Examples training = new Examples(array(manager, "training"), labels(manager, "labels"));
        Examples validation = new Examples(array(manager, "validation"), labels(manager, "truth"));
        head.fit(training, validation, manager.zeros(new Shape(5, 8)), manager.create(1f));
        return head;
    }

    private NeighboursHead head(NDManager manager, int size) {
        NeighboursHead head =
                (NeighboursHead) factory().create(new NeighboursHead.Config(size), new HeadContext(bins(), 8));
        head.initialize(manager, DataType.FLOAT32, new Shape(1, 8), new Shape(5, 8), new Shape());
        return head;
    }

    private static NDArray logits(NeighboursHead head, NDArray features) {
        NDManager manager = features.getManager();
        return head.logits(
                new ParameterStore(manager, false),
                features,
                manager.zeros(new Shape(5, 8)),
                manager.create(1f),
                false); // (N, K)
    }

    private static void assertShares(NeighboursHead head, NDArray image, float... expected) {
        NDArray row = image.getManager().create(expected, new Shape(1, expected.length));
        assertThat(logits(head, image).exp()).isCloseTo(row, 1e-6);
    }

    private static NDArray asked(NDManager manager) {
        return random(manager, 11);
    }

    private static NDArray random(NDManager manager, int images) {
        int width = TinyClip.EMBED_DIM;
        double[] numbers =
                new Random(images).doubles((long) images * width, -1, 1).toArray();
        return manager.create(numbers, new Shape(images, width)).toType(DataType.FLOAT32, false);
    }

    private NDArray array(NDManager manager, String name) {
        return Golden.array(manager, golden.get(name));
    }

    private NDArray labels(NDManager manager, String name) {
        return array(manager, name).toType(DataType.INT64, false);
    }
}
