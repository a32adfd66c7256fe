package io.numclip.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.ClipBackbone;
import io.numclip.clip.ClipPreprocessor;
import io.numclip.clip.Precision;
import io.numclip.data.LabeledImage;
import io.numclip.golden.ReferenceModel;
import io.numclip.model.AtomicFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {

    @TempDir
    private Path folder;

    private final TestingListener listener = new TestingListener();
    private ClipBackbone backbone;
    private ClipPreprocessor preprocessor;

    @BeforeEach
    void load() throws IOException {
        backbone = ClipBackbone.load(ReferenceModel.CLIP, Device.cpu(), Precision.FP32);
        preprocessor = ClipPreprocessor.load(ReferenceModel.CLIP);
    }

    @AfterEach
    void close() {
        backbone.close();
    }

    @Test
    void featuresAreThoseOfTheTowerInTheOrderOfTheImages() throws IOException {
        List<LabeledImage> images = TestingImages.squares(5);
        ImageFeatures features = features("model", images);
        assertThat(features.size()).isEqualTo(5);
        for (int i = 0; i < 5; i++) {
            float[] row = new float[features.dimension()];
            features.copyTo(i, row, 0);
            assertThat(row).containsExactly(encode(images.get(i)), within(1e-4f));
        }
    }

    @Test
    void secondCallReadsTheFile() throws IOException {
        features("model", TestingImages.squares(5));
        listener.encoded = 0;
        features("model", TestingImages.squares(5));
        assertThat(listener.encoded).isZero();
    }

    @Test
    void otherModelImagesOrOrderAreEncodedAnew() throws IOException {
        List<LabeledImage> images = TestingImages.squares(5);
        features("model", images);
        assertEncoded("other model", images);
        assertEncoded("model", TestingImages.squares(4));
        List<LabeledImage> turned = new ArrayList<>(images);
        turned.add(turned.remove(0));
        assertEncoded("model", turned);
    }

    @Test
    void fileOfWrongLengthIsWrittenAnew() throws IOException {
        features("model", TestingImages.squares(5));
        Path file = AtomicFolder.list(folder).get(0);
        Files.write(file, new byte[3]);
        assertEncoded("model", TestingImages.squares(5));
        assertThat(Files.size(file)).isEqualTo(5L * backbone.embedDim() * Float.BYTES);
    }

    @Test
    void unreadableImageHasNoFeaturesAndNothingIsKept() throws IOException {
        List<LabeledImage> images = new ArrayList<>(TestingImages.squares(3));
        images.add(1, TestingImages.unreadable("bad.png"));
        ImageFeatures features = features("model", images);
        assertThat(features.isPresent(0)).isTrue();
        assertThat(features.isPresent(1)).isFalse();
        assertThat(features.isPresent(3)).isTrue();
        assertThat(AtomicFolder.list(folder)).isEmpty();
    }

    @Test
    void imagesThatOneCacheHasGivenAreNotEncodedAgainInAnotherList() throws IOException {
        List<LabeledImage> images = TestingImages.squares(5);
        FeatureCache cache = new FeatureCache(folder, "model", preprocessor);
        cache.features(backbone, images, 2, listener);
        listener.encoded = 0;
        ImageFeatures some = cache.features(backbone, List.of(images.get(3), images.get(1)), 2, listener);
        assertThat(listener.encoded).isZero();
        float[] row = new float[some.dimension()];
        some.copyTo(0, row, 0);
        assertThat(row).containsExactly(encode(images.get(3)), within(1e-4f));
    }

    private void assertEncoded(String model, List<LabeledImage> images) throws IOException {
        listener.encoded = 0;
        features(model, images);
        assertThat(listener.encoded).isEqualTo(images.size());
    }

    private ImageFeatures features(String model, List<LabeledImage> images) throws IOException {
        return new FeatureCache(folder, model, preprocessor).features(backbone, images, 2, listener);
    }

    private float[] encode(LabeledImage image) throws IOException {
        try (NDManager scope = backbone.manager().newSubManager()) {
            float[] pixels = preprocessor.pixels(image.source().read());
            NDArray batch = scope.create(pixels, new Shape(1, 3, 40, 40));
            return backbone.encodeImages(batch, false).toFloatArray();
        }
    }
}
