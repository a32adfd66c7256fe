package io.numclip.host.plugin;

import io.numclip.clip.directory.ClipDirectory;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.model.ModelDescription;
import io.numclip.model.ModelDirectory;
import io.numclip.model.NumClipModel;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;
import io.numclip.testing.TinyClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A plugin, and a model with its head, as a user of an earlier version has them on disk. */
final class CompatibilityFiles {

    static final Path FOLDER = Path.of("src/test/resources/compatibility");
    static final String JAR = "fill-level-1.0.0.jar";
    static final Path CLIP = FOLDER.resolve("clip");
    static final Path MODEL = FOLDER.resolve("model");

    /** Trained by {@code numclip train fill-level}, for two epochs; what a reader of the folder needs of it. */
    static final Path RUN = FOLDER.resolve("run");

    private static final Bins BINS = new Bins(List.of(
            new Bin("an empty glass", 0, 6, 1),
            new Bin("a half full glass", 6, 94, 50),
            new Bin("a full glass", 94, 100, 98)));

    private CompatibilityFiles() {}

    /** Loads the stored plugin as a host would that finds it in its folder. */
    static PluginCatalog catalog(Path root) throws IOException {
        TestingPlugins plugins = new TestingPlugins(root);
        Path jar = plugins.file(JAR);
        Files.createDirectories(jar.getParent());
        plugins.trust(Files.copy(FOLDER.resolve(JAR), jar));
        return plugins.load();
    }

    /** Writes CLIP and model anew, for the next minor version; its predictions then go into {@link CompatibilityTest}. */
    public static void main(String[] arguments) throws IOException {
        PluginCatalog catalog = catalog(Files.createTempDirectory("compatibility"));
        FineHead.Factory<?> factory = (FineHead.Factory<?>)
                catalog.component(ComponentKind.FINE_HEAD, "moving-anchors").factory();
        TinyClip clip = TinyClip.in(CLIP);
        try (NumClipModel model = clip.model(BINS, head(factory))) {
            model.fineHead().getParameters().get("move").getArray().addi(0.25);
            ModelDescription description = new ModelDescription(
                    clip.base(),
                    ClipDirectory.preprocessor(clip.directory()),
                    new LabelScale(0, 100, "percent"),
                    Map.of("type", "image-text"),
                    Map.of("type", "moving-anchors", "reach", 0.5),
                    "numclip");
            ModelDirectory.write(MODEL, model, description);
        }
    }

    private static <C extends Record> FineHead head(FineHead.Factory<C> factory) {
        return factory.create(factory.defaults(), new HeadContext(BINS, TinyClip.EMBED_DIM));
    }
}
