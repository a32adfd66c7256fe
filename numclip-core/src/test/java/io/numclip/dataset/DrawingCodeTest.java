package io.numclip.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.ImageSource;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.sample.DrawnImage;
import io.numclip.sample.SampleKey;
import io.numclip.sample.SampleWorld;
import io.numclip.storage.CodePlace;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawingCodeTest {

    @TempDir
    private Path folder;

    private Path brush;

    @BeforeEach
    void writeCode() throws IOException {
        brush = Files.writeString(folder.resolve("Brush.class"), "thin");
    }

    @Test
    void sameCodeGivesTheSameDigestFromAFolderAndFromAJarAndFromMemory() throws IOException {
        Path jar = folder.resolveSibling(folder.getFileName() + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file)) {
            entries.putNextEntry(new JarEntry("Brush.class"));
            Files.copy(brush, entries);
        }
        CodePlace memory = CodePlace.of(new TreeMap<>(Map.of("Brush.class", Files.readAllBytes(brush))));
        assertThat(digest(folder)).isEqualTo(digest(folder)).isEqualTo(digest(jar));
        assertThat(DrawingCode.of(world(new Plugin(memory)))).isEqualTo(digest(folder));
        Files.delete(jar);
    }

    @Test
    void changedClassesAndNewResourcesGiveAnotherDigest() throws IOException {
        String before = digest(folder);
        Files.writeString(brush, "wide");
        String changed = digest(folder);
        Files.writeString(Files.createDirectory(folder.resolve("colours")).resolve("red"), "#ff0000");
        assertThat(digest(folder)).isNotEqualTo(changed);
        assertThat(changed).isNotEqualTo(before);
    }

    @Test
    void codeOfTheClassPathIsFoundToo() throws IOException {
        assertThat(DrawingCode.of(DrawingCodeTest::draw)).isEqualTo(DrawingCode.of(DrawingCodeTest::draw));
    }

    @Test
    void codeThatIsNowhereIsNeverTheSame() throws IOException {
        SampleWorld world = world(new URLClassLoader(new URL[0], SampleWorld.class.getClassLoader()));
        assertThat(DrawingCode.of(world)).isNotEqualTo(DrawingCode.of(world));
    }

    /** Otherwise features of the old pixels would be taken for those of the new ones. */
    @Test
    void imagesOfATaskAreOthersWhenItsCodeIs() throws IOException {
        ImageSource before = firstImage();
        Files.writeString(brush, "wide");
        ImageSource after = firstImage();
        assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint()).startsWith("sample|squares|train|0|1");
        assertThat(after.contentHash()).isEqualTo(before.contentHash());
    }

    @Test
    void contentIsThePixels() throws IOException {
        ImageSource white = new DrawnSample(draw(Split.TRAIN, 0, 1).source(), "code");
        ImageSource black = new DrawnSample(draw(Split.TRAIN, 1, 1).source(), "code");
        ImageSource likewise = new DrawnSample(draw(Split.TRAIN, 2, 1).source(), "code");
        assertThat(white.contentHash()).isEqualTo(likewise.contentHash()).isNotEqualTo(black.contentHash());
    }

    private ImageSource firstImage() throws IOException {
        SampleWorld world = world(new Plugin(CodePlace.of(folder)));
        TaskImages images = new TaskImages(TaskData.samples(2, 1, 1), new LabelScale(0, 9, "corners"), world);
        return images.images(Split.TRAIN).get(0).source();
    }

    private static String digest(Path place) throws IOException {
        return DrawingCode.of(world(new Plugin(CodePlace.of(place))));
    }

    /** The class loader of a plugin. */
    private static final class Plugin extends ClassLoader implements CodePlace.Holder {

        private final CodePlace place;

        Plugin(CodePlace place) {
            super(SampleWorld.class.getClassLoader());
            this.place = place;
        }

        @Override
        public String id() {
            return "squares";
        }

        @Override
        public String version() {
            return "1.0.0";
        }

        @Override
        public List<CodePlace> code() {
            return List.of(place);
        }
    }

    /** A world whose class belongs to the loader. */
    private static SampleWorld world(ClassLoader loader) {
        Class<?>[] type = {SampleWorld.class};
        return (SampleWorld) Proxy.newProxyInstance(
                loader,
                type,
                (proxy, method, arguments) -> draw((Split) arguments[0], (int) arguments[1], (long) arguments[2]));
    }

    private static LabeledImage draw(Split split, int index, long seed) {
        SampleKey key = new SampleKey("squares", split, index, seed);
        DrawnImage image = new DrawnImage(
                key,
                () -> DrawnImage.canvas(graphics -> {
                    graphics.setColor(index % 2 == 0 ? Color.WHITE : Color.BLACK);
                    graphics.fillRect(0, 0, 50, 50);
                }));
        return new LabeledImage(key.name(), image, 4, Map.of());
    }
}
