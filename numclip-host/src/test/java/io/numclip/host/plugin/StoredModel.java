package io.numclip.host.plugin;

import io.numclip.host.NumClip;
import java.io.IOException;
import java.nio.file.Path;

/** The stored model of {@link CompatibilityFiles}, whose head comes from a plugin, for tests of other packages. */
public final class StoredModel {

    public static final Path FOLDER = CompatibilityFiles.MODEL;

    private StoredModel() {}

    /** @param root an empty folder for the plugin */
    public static PluginCatalog catalog(Path root) throws IOException {
        return CompatibilityFiles.catalog(root);
    }

    /** On the CPU, with the CLIP that is stored beside it. */
    public static NumClip.Options options() {
        return NumClip.Options.defaults().withDevice("cpu").withBackbone(CompatibilityFiles.CLIP);
    }
}
