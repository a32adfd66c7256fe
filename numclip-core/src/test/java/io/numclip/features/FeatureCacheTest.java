package io.numclip.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.Precision;
import io.numclip.clip.TowerMemory;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.clip.tower.ImageEncoder;
import io.numclip.data.LabeledImage;
import io.numclip.data.Region;
import io.numclip.golden.ReferenceModel;
import io.numclip.image.ImageFile;
import io.numclip.storage.AtomicFolder;
import io.numclip.training.TestingImages;
import io.numclip.training.TestingListener;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {

    @TempDir
    private Path folder;

    @TempDir
    private Path pictures;

    private final TestingListener listener = new TestingListener();
    private ClipBackbone backbone;
    private ClipPreprocessor preprocessor;

    @BeforeEach
    void load() throws IOException {
        backbone = ClipBackbone.load(ReferenceModel.CLIP, Device.cpu(), Precision.FP32);
        preprocessor = ClipDirectory.preprocessor(ReferenceModel.CLIP);
    }

    @AfterEach
    void close() {
        backbone.close();
    }

    @Test
    void featuresThatWereComputedElsewhereAreFoundByTheContentOfAnImage() throws IOException {
        List<LabeledImage> images = TestingImages.squares(3);
        FeatureCache cache = new FeatureCache(folder, "elsewhere", preprocessor);
        List<FeatureCache.Encoded> encoded = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            float[] features = new float[backbone.imageTower().embedDim()];
            Arrays.fill(features, i + 1);
            encoded.add(new FeatureCache.Encoded(images.get(i).source().contentHash(), features));
        }
        cache.add(encoded.iterator(), listener);
        ImageFeatures features = new FeatureCache(folder, "elsewhere", preprocessor)
                .features(backbone.imageTower(), images, 2, listener);
        float[] row = new float[features.dimension()];
        features.copyTo(1, row, 0);
        assertThat(row).containsOnly(2);
        features.copyTo(2, row, 0);
        assertThat(row).containsExactly(encode(images.get(2)), within(1e-4f));
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
    void secondCallEncodesNothing() throws IOException {
        features("model", TestingImages.squares(5));
        assertEncoded(0, "model", TestingImages.squares(5));
    }

    @Test
    void onlyImagesThatAreNewAreEncoded() throws IOException {
        List<LabeledImage> images = TestingImages.squares(5);
        features("model", images.subList(0, 3));
        assertEncoded(2, "model", images);
        List<LabeledImage> turned = new ArrayList<>(images);
        turned.add(turned.remove(0));
        assertEncoded(0, "model", turned);
        float[] row = new float[backbone.embedDim()];
        features("model", turned).copyTo(4, row, 0);
        assertThat(row).containsExactly(encode(images.get(0)), within(1e-4f));
    }

    @Test
    void imageThatIsTwiceInAListIsFoundTwice() throws IOException {
        LabeledImage image = TestingImages.squares(1).get(0);
        ImageFeatures features = features("model", List.of(image, image));
        assertThat(features.isPresent(0)).isTrue();
        assertThat(features.isPresent(1)).isTrue();
    }

    @Test
    void fileThatWasMovedIsFoundByItsContent() throws IOException {
        LabeledImage before = file("before.png", 10);
        float[] row = new float[backbone.embedDim()];
        features("model", List.of(before)).copyTo(0, row, 0);
        Files.delete(pictures.resolve("before.png"));

        LabeledImage after = file("after.png", 10);
        LabeledImage other = file("other.png", 90);
        assertEncoded(1, "model", List.of(other, after));
        float[] moved = new float[backbone.embedDim()];
        features("model", List.of(after)).copyTo(0, moved, 0);
        assertThat(moved).containsExactly(row);
        assertEncoded(0, "model", List.of(after, other));
    }

    @Test
    void fileThatWasReplacedIsEncodedAnew() throws IOException {
        features("model", List.of(file("a.png", 10)));
        assertEncoded(1, "model", List.of(file("a.png", 90)));
    }

    @Test
    void fileThatWasReplacedByOneOfItsSizeAndTimeIsEncodedAnew() throws IOException {
        features("model", List.of(file("a.png", 10)));
        Path path = pictures.resolve("a.png");
        long size = Files.size(path);
        FileTime time = Files.getLastModifiedTime(path);
        List<LabeledImage> replaced = List.of(file("a.png", 90));
        Files.setLastModifiedTime(path, time);
        assertThat(path).hasSize(size);
        assertEncoded(1, "model", replaced);
    }

    @Test
    void regionsOfAPictureAndMarginsAroundThemHaveTheirOwnFeatures() throws IOException {
        Path path = pictures.resolve("noise.png");
        BufferedImage noise = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        IntStream.range(0, 1200).forEach(i -> noise.setRGB(i % 40, i / 40, random.nextInt(1 << 24)));
        ImageIO.write(noise, "png", path.toFile());
        List<LabeledImage> images = new ArrayList<>();
        for (Region region : List.of(new Region(0, 0, 20, 20), new Region(10, 5, 20, 20), new Region(0, 0, 40, 30))) {
            images.add(new LabeledImage(region.in("noise.png"), new ImageFile(path, region), 1, Map.of()));
        }
        images.add(new LabeledImage("noise.png", new ImageFile(path), 1, Map.of()));
        assertEncoded(4, "model", images);
        assertEncoded(0, "model", images);
        ImageFeatures features = features("model", images);
        for (int i = 0; i < 4; i++) {
            float[] row = new float[features.dimension()];
            features.copyTo(i, row, 0);
            assertThat(row).containsExactly(encode(images.get(i)), within(1e-4f));
        }
        preprocessor = preprocessor.around(0.25);
        assertEncoded(4, "model", images);
    }

    private LabeledImage file(String name, double brightness) throws IOException {
        Path path = pictures.resolve(name);
        ImageIO.write(TestingImages.square(name, brightness).source().read(), "png", path.toFile());
        return new LabeledImage(name, new ImageFile(path), brightness, Map.of());
    }

    @Test
    void anotherModelHasItsOwnFeatures() throws IOException {
        features("model", TestingImages.squares(5));
        assertEncoded(5, "other model", TestingImages.squares(5));
    }

    @Test
    void damagedFileIsPassedOver() throws IOException {
        features("model", TestingImages.squares(5));
        Path file = onlyFile();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertEncoded(5, "model", TestingImages.squares(5));
        assertThat(listener.warnings()).containsExactly(file + ": damaged; its images are encoded anew");
        assertThat(file).doesNotExist();
        assertEncoded(0, "model", TestingImages.squares(5));
        assertThat(listener.warnings()).hasSize(1);
    }

    @Test
    void imageWhoseFeaturesWereChangedIsEncodedAnew() throws IOException {
        List<LabeledImage> images = TestingImages.squares(5);
        features("model", images);
        Path file = onlyFile();
        byte[] bytes = Files.readAllBytes(file);
        bytes[4 * Long.BYTES + 2 * (backbone.embedDim() + 1) * Float.BYTES + 7] ^= 64; // in the third row
        Files.write(file, bytes);
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.now().minus(Duration.ofHours(1)))); // not now, as files go bad
        assertEncoded(1, "model", images);
        assertThat(listener.warnings()).containsExactly(file + ": damaged rows; their images are encoded anew");
        float[] row = new float[backbone.embedDim()];
        features("model", images).copyTo(2, row, 0);
        assertThat(row).containsExactly(encode(images.get(2)), within(1e-4f));
        assertThat(listener.encoded).as("the second time it is known").isOne();
        assertThat(listener.warnings()).hasSize(1);
    }

    /** The damaged file is the newer one by its time, as after an edit. */
    @Test
    void damageIsToldOnceWhateverItsTime() throws IOException {
        List<LabeledImage> images = TestingImages.squares(5);
        features("model", images);
        Path file = onlyFile();
        byte[] bytes = Files.readAllBytes(file);
        bytes[4 * Long.BYTES + 7] ^= 64; // in the first row
        Files.write(file, bytes);
        assertEncoded(1, "model", images);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(Duration.ofHours(1))));
        assertEncoded(0, "model", images);
        assertEncoded(0, "model", images);
        assertThat(listener.warnings()).containsExactly(file + ": damaged rows; their images are encoded anew");
    }

    @Test
    void featuresThatAreNotFiniteAreNeitherKeptNorServed() throws IOException {
        ImageEncoder broken = new NotFinite(backbone.imageTower());
        List<LabeledImage> images = TestingImages.squares(1);
        ImageFeatures features = new FeatureCache(folder, "model", preprocessor).features(broken, images, 2, listener);
        assertThat(features.isPresent(0)).isFalse();
        assertThat(listener.skipped).singleElement().asString().endsWith("computed features that are not finite");
        assertEncoded(1, "model", images);
    }

    private record NotFinite(ImageEncoder encoder) implements ImageEncoder {
        @Override
        public NDArray encode(NDArray pixels, boolean training) {
            return encoder.encode(pixels, training).mul(Float.POSITIVE_INFINITY);
        }

        @Override
        public int width() {
            return encoder.width();
        }

        @Override
        public TowerMemory memory() {
            return encoder.memory();
        }

        @Override
        public NDManager manager() {
            return encoder.manager();
        }
    }

    @Test
    void unfinishedFilesOfKilledProcessesAreCleared() throws IOException {
        features("model", TestingImages.squares(1));
        Path file = onlyFile();
        Path old = file.resolveSibling(file.getFileName() + ".01234567-89ab-cdef-0123-456789abcdef.part");
        Files.write(old, new byte[1]);
        features("model", TestingImages.squares(1));
        assertThat(old).exists();
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        features("model", TestingImages.squares(1));
        assertThat(onlyFile()).isEqualTo(file);
    }

    @Test
    void aDamagedImageIsNamedAlsoWhenItIsNotReadAgain() throws IOException {
        byte[] jpeg = Files.readAllBytes(Path.of("src/test/resources/parity/images/plain.jpg"));
        byte[] damaged = Arrays.copyOf(jpeg, jpeg.length + 7);
        damaged[jpeg.length - 2] = 0;
        damaged[jpeg.length - 1] = 0;
        System.arraycopy(jpeg, jpeg.length - 2, damaged, damaged.length - 2, 2);
        List<LabeledImage> images = new ArrayList<>(TestingImages.squares(2));
        Path file = Files.write(pictures.resolve("damaged.jpg"), damaged);
        images.add(new LabeledImage("damaged.jpg", new ImageFile(file), 1, Map.of()));
        assertThat(features("model", images).damage().get(2)).contains("extraneous bytes before marker 0xd9");
        assertThat(listener.damaged).containsExactly("damaged.jpg");

        assertThat(features("model", images).damage()).containsOnlyKeys(2);
        assertThat(listener.damaged).containsExactly("damaged.jpg", "damaged.jpg");

        Path copy = Files.write(pictures.resolve("copy.jpg"), damaged);
        images.set(2, new LabeledImage("copy.jpg", new ImageFile(copy), 1, Map.of()));
        assertThat(features("model", images).damage()).containsOnlyKeys(2);
    }

    @Test
    void unreadableImageHasNoFeaturesAndIsTriedAgain() throws IOException {
        List<LabeledImage> images = new ArrayList<>(TestingImages.squares(3));
        images.add(1, TestingImages.unreadable("bad.png"));
        ImageFeatures features = features("model", images);
        assertThat(features.isPresent(0)).isTrue();
        assertThat(features.isPresent(1)).isFalse();
        assertThat(features.isPresent(3)).isTrue();
        listener.skipped.clear();
        assertEncoded(0, "model", images);
        assertThat(listener.skipped).containsExactly("bad.png - bad.png: truncated");
    }

    /** Two of three hundred are few, also when they are the only ones that are left to encode. */
    @Test
    void unreadableImagesAreCountedAmongAllThatAreAskedFor() throws IOException {
        List<LabeledImage> images = new ArrayList<>(TestingImages.squares(300));
        images.add(7, TestingImages.unreadable("bad.png"));
        images.add(TestingImages.unreadable("worse.png"));
        features("model", images);
        listener.skipped.clear();
        ImageFeatures again = features("model", images);
        assertThat(listener.skipped).hasSize(2);
        assertThat(again.isPresent(7)).isFalse();
        assertThat(again.isPresent(300)).isTrue();
        assertThat(again.isPresent(301)).isFalse();
    }

    @Test
    void listWithoutAReadableImageLeavesNoFile() throws IOException {
        ImageFeatures features = features("model", List.of(TestingImages.unreadable("bad.png")));
        assertThat(features.isPresent(0)).isFalse();
        assertThat(AtomicFolder.list(AtomicFolder.list(folder).get(0))).isEmpty();
    }

    @Test
    void anotherProcessesFeaturesAreFound() throws IOException {
        FeatureCache cache = new FeatureCache(folder, "model", preprocessor);
        cache.features(backbone.imageTower(), TestingImages.squares(2), 2, listener);
        features("model", TestingImages.squares(5));
        listener.encoded = 0;
        cache.features(backbone.imageTower(), TestingImages.squares(5), 2, listener);
        assertThat(listener.encoded).isZero();
    }

    @Test
    void noHalfWrittenFileStaysBehind() throws IOException {
        features("model", TestingImages.squares(5));
        assertThat(onlyFile()).hasExtension("features");
    }

    private Path onlyFile() throws IOException {
        assertThat(AtomicFolder.list(folder)).hasSize(1);
        List<Path> files = AtomicFolder.list(AtomicFolder.list(folder).get(0));
        assertThat(files).hasSize(1);
        return files.get(0);
    }

    private void assertEncoded(int expected, String model, List<LabeledImage> images) throws IOException {
        listener.encoded = 0;
        features(model, images);
        assertThat(listener.encoded).isEqualTo(expected);
    }

    private ImageFeatures features(String model, List<LabeledImage> images) throws IOException {
        return new FeatureCache(folder, model, preprocessor).features(backbone.imageTower(), images, 2, listener);
    }

    private float[] encode(LabeledImage image) throws IOException {
        try (NDManager scope = backbone.manager().newSubManager()) {
            float[] pixels = preprocessor.pixels(image.source().read());
            NDArray batch = scope.create(pixels, new Shape(1, 3, 40, 40));
            return backbone.imageTower().encode(batch, false).toFloatArray();
        }
    }
}
