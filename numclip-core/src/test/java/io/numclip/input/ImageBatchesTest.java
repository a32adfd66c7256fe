package io.numclip.input;

import static io.numclip.data.RefusalAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.pixels.CropPlace;
import io.numclip.clip.pixels.PixelStatistics;
import io.numclip.clip.pixels.Resizing;
import io.numclip.data.ImageSource;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException.Kind;
import io.numclip.golden.ReferenceModel;
import io.numclip.training.TestingImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageBatchesTest {

    private final List<String> skipped = new ArrayList<>();

    @Test
    void batchesFollowTheOrderAndTheLastMayBeSmaller() throws IOException {
        try (ImageBatches images = batches(TestingImages.squares(5), 16)) {
            assertThat(indices(images.batches(new int[] {4, 1, 0, 3, 2}, 2)))
                    .containsExactly(List.of(4, 1), List.of(0, 3), List.of(2));
        }
    }

    @Test
    void pixelsAreThoseOfThePreprocessorWithAndWithoutCache() throws IOException {
        List<LabeledImage> squares = TestingImages.squares(3);
        float[] expected = preprocessor().pixels(squares.get(2).source().read());
        for (int megabytes : new int[] {0, 16}) {
            try (ImageBatches images = batches(squares, megabytes)) {
                for (int epoch = 0; epoch < 2; epoch++) {
                    PixelBatch batch = images.batches(new int[] {2}, 2).next();
                    assertThat(batch.pixels()).isEqualTo(FloatBuffer.wrap(expected));
                }
            }
        }
    }

    @Test
    void mirroredImagesAreFlippedLeftToRight() throws IOException {
        try (ImageBatches images = batches(TestingImages.squares(2), 16);
                NDManager manager = NDManager.newBaseManager()) {
            NDArray straight = images.batches(new int[] {0, 1}, 2).next().toArray(manager);
            for (int epoch = 0; epoch < 2; epoch++) { // read anew, then from the cache
                NDArray mirrored = images.batches(
                                new int[] {0, 1}, 2, index -> new View(CropPlace.CENTER, index == 1, Warp.NONE))
                        .next()
                        .toArray(manager);
                assertThat(mirrored.get(0)).isEqualTo(straight.get(0));
                assertThat(mirrored.get(1)).isEqualTo(straight.get(1).flip(2)).isNotEqualTo(straight.get(1));
            }
        }
    }

    @Test
    void croppedImagesComeFromTheirPlaceInEveryEpoch() throws IOException {
        List<LabeledImage> squares = TestingImages.squares(2);
        ClipPreprocessor squash = preprocessor().with(Resizing.SQUASH, PixelStatistics.MODEL);
        CropPlace corner = new CropPlace(1, 1);
        FloatBuffer expected = FloatBuffer.allocate(3 * squash.height() * squash.width());
        squash.write(squares.get(1).source().rows(), corner, expected);
        try (ImageBatches images = new ImageBatches(squares, squash, 16, (name, reason) -> {})) {
            for (int epoch = 0; epoch < 2; epoch++) {
                PixelBatch center = images.batches(new int[] {1}, 1).next();
                assertThat(center.pixels()).isNotEqualTo(expected);
                PixelBatch cropped = images.batches(new int[] {1}, 1, index -> new View(corner, false, Warp.NONE))
                        .next();
                assertThat(cropped.pixels()).isEqualTo(expected);
            }
        }
    }

    @Test
    void unreadableImageIsLeftOutAndReportedOnce() throws IOException {
        List<LabeledImage> list = new ArrayList<>(TestingImages.squares(3));
        list.add(TestingImages.unreadable("bad.png"));
        try (ImageBatches images = batches(list, 16)) {
            for (int epoch = 0; epoch < 2; epoch++) {
                assertThat(indices(images.batches(new int[] {0, 3, 2, 3}, 2))).containsExactly(List.of(0), List.of(2));
            }
        }
        assertThat(skipped).containsExactly("bad.png");
    }

    @Test
    void batchOfUnreadableImagesIsLeftOut() throws IOException {
        List<LabeledImage> list = new ArrayList<>(TestingImages.squares(2));
        list.add(TestingImages.unreadable("bad.png"));
        try (ImageBatches images = batches(list, 16)) {
            assertThat(indices(images.batches(new int[] {0, 2, 1}, 1))).containsExactly(List.of(0), List.of(1));
        }
    }

    /** The share is that of all images, whichever of them are taken. */
    @Test
    void moreThanOneInAHundredUnreadableImagesAreTooMany() throws IOException {
        List<LabeledImage> list = new ArrayList<>(TestingImages.squares(197));
        list.addAll(List.of(unreadable(197), unreadable(198), unreadable(199)));
        try (ImageBatches images = batches(list, 16)) {
            assertThat(indices(images.batches(new int[] {197, 0, 198}, 3))).containsExactly(List.of(0));
            assertRefused(Kind.DATA, () -> indices(images.batches(new int[] {0, 199}, 2)))
                    .hasMessage("3 of 200 images cannot be read; the last one is bad-199.png: bad-199.png: truncated");
        }
    }

    @Test
    void imagesComeInTheOrderWantedWhoeverIsReadFirst() throws IOException {
        CountDownLatch secondIsRead = new CountDownLatch(1);
        List<LabeledImage> list =
                List.of(drawn(0, () -> await(secondIsRead)), drawn(1, secondIsRead::countDown), drawn(2, () -> {}));
        try (ImageBatches images = batches(list, 0)) {
            assertThat(indices(images.batches(new int[] {0, 1, 2}, 2))).containsExactly(List.of(0, 1), List.of(2));
        }
    }

    @Test
    void imagesAfterOneThatCannotBeReadMoveForward() throws IOException {
        List<LabeledImage> list = new ArrayList<>(TestingImages.squares(3));
        list.set(1, TestingImages.unreadable("bad.png"));
        float[] expected = preprocessor().pixels(list.get(2).source().read());
        try (ImageBatches images = batches(list, 0)) {
            PixelBatch batch = images.batches(new int[] {0, 1, 2}, 3).next();
            assertThat(batch.indices()).containsExactly(0, 2);
            assertThat(batch.pixels().slice(expected.length, expected.length)).isEqualTo(FloatBuffer.wrap(expected));
        }
    }

    @Test
    void pixelsWaitOnTheCpuForATowerOnAGpu() throws IOException {
        try (ImageBatches images = batches(TestingImages.squares(1), 0);
                NDManager gpu =
                        NDManager.newBaseManager(Device.gpu(), "PyTorch")) { // no GPU is asked before it gets an array
            NDArray pixels = images.batches(new int[] {0}, 1).next().toArray(gpu);
            assertThat(pixels.getDevice()).isEqualTo(Device.cpu());
            assertThat(pixels.getManager()).isSameAs(gpu);
        }
    }

    @Test
    void aBatchThatIsTooLongForABufferIsALackOfMemory() {
        List<ClipPreprocessor> largest = List.of(ClipPreprocessor.standard(4096));
        assertThatThrownBy(() -> NativePixels.allocate(largest, 32))
                .isInstanceOf(OutOfMemoryError.class)
                .hasMessage("the pixels of a batch need 6144 MB, of at most 2047 MB in one direct buffer");
    }

    @Test
    void aSlowConsumerHoldsTheReadersBack() throws IOException {
        AtomicInteger read = new AtomicInteger();
        List<LabeledImage> list = IntStream.range(0, 200)
                .mapToObj(index -> drawn(index, read::incrementAndGet))
                .toList();
        int seen = 0;
        try (ImageBatches images = batches(list, 0)) {
            Iterator<PixelBatch> all = images.batches(IntStream.range(0, 200).toArray(), 10);
            while (all.hasNext()) {
                seen += all.next().indices().size();
                assertThat(read.get()).isLessThanOrEqualTo(seen + 20);
            }
        }
        assertThat(seen).isEqualTo(200);
    }

    @Test
    void anImageThatIsTooMuchForItsDecoderIsAProblemOfItsOwn() throws IOException {
        List<LabeledImage> list = new ArrayList<>(TestingImages.squares(200));
        list.set(0, drawn(0, () -> {
            throw new OutOfMemoryError("made by hand");
        }));
        list.set(2, drawn(2, () -> deeper(1)));
        List<String> reasons = new ArrayList<>();
        try (ImageBatches images =
                new ImageBatches(list, preprocessor(), 0, (name, reason) -> reasons.add(name + ": " + reason))) {
            assertThat(indices(images.batches(new int[] {0, 1, 2, 3}, 4))).containsExactly(List.of(1, 3));
        }
        assertThat(reasons)
                .containsExactly("0: java.lang.OutOfMemoryError: made by hand", "2: java.lang.StackOverflowError");
    }

    private static int deeper(int level) {
        return deeper(level + 1) + level;
    }

    @Test
    void anImageThatLacksTheMemoryOfOthersIsReadAgainWhenTheyAreDone() throws IOException {
        CountDownLatch lacking = new CountDownLatch(1);
        AtomicInteger beside = new AtomicInteger();
        List<LabeledImage> list = List.of(
                drawn(0, () -> {
                    beside.incrementAndGet();
                    await(lacking);
                    beside.decrementAndGet();
                }),
                drawn(1, () -> {
                    if (lacking.getCount() > 0) {
                        lacking.countDown();
                        throw new OutOfMemoryError("made by hand");
                    }
                    assertThat(beside).hasValue(0);
                }));
        try (ImageBatches images = batches(list, 0)) {
            assertThat(indices(images.batches(new int[] {0, 1}, 2))).containsExactly(List.of(0, 1));
        }
    }

    /** An image with a name that is a number. */
    private static LabeledImage drawn(int index, Runnable before) {
        LabeledImage square = TestingImages.square(String.valueOf(index), 50);
        ImageSource source = new ImageSource() {
            @Override
            public BufferedImage read() throws IOException {
                before.run();
                return square.source().read();
            }

            @Override
            public String fingerprint() {
                return "drawn " + index;
            }
        };
        return new LabeledImage(square.name(), source, square.label(), Map.of());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static LabeledImage unreadable(int index) {
        return TestingImages.unreadable("bad-" + index + ".png");
    }

    private ImageBatches batches(List<LabeledImage> images, int megabytes) throws IOException {
        return new ImageBatches(images, preprocessor(), megabytes, (name, reason) -> skipped.add(name));
    }

    private static ClipPreprocessor preprocessor() throws IOException {
        return ClipDirectory.preprocessor(ReferenceModel.CLIP);
    }

    private static List<List<Integer>> indices(Iterator<PixelBatch> batches) {
        List<List<Integer>> indices = new ArrayList<>();
        batches.forEachRemaining(batch -> indices.add(batch.indices()));
        return indices;
    }
}
