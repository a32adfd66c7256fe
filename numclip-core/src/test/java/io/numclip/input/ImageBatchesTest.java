package io.numclip.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.pixels.CropPlace;
import io.numclip.clip.pixels.PixelStatistics;
import io.numclip.clip.pixels.Resizing;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.golden.ReferenceModel;
import io.numclip.training.TestingImages;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
            assertThatThrownBy(() -> indices(images.batches(new int[] {0, 199}, 2)))
                    .isInstanceOfSatisfying(
                            NumClipException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DATA))
                    .hasMessage("3 of 200 images cannot be read; the last one is bad-199.png: bad-199.png: truncated");
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
