package io.numclip.spark;

import io.numclip.clip.Precision;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.NumClip;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.host.plugin.PluginHost;
import java.nio.file.Path;

/**
 * A trained model.
 *
 * @param run a folder that {@code numclip train} or {@code numclip export} has written, at the same path on every machine, or
 *     shipped with {@code --archives}
 * @param digest SHA-256 that it must have everywhere, as {@link NumClip#digest}
 * @param plugins folder of the plugins, trusted by their hashes in {@code plugins.lock}; empty: {@code numclip.plugins},
 *     else {@code plugins} in the working directory
 * @param backbone the CLIP that it was trained on, as {@link NumClip.Options#withBackbone}; empty: where it was at training
 */
record ScoringChoice(String run, String digest, String plugins, String backbone, String device, Precision precision)
        implements ModelChoice {

    @Override
    public ImageModel open() {
        NumClip.Options options = NumClip.Options.defaults().withDevice(device).withPrecision(precision);
        Path folder = ModelFiles.run(run);
        NumClip model = NumClip.open(
                folder, catalog(), backbone.isEmpty() ? options : options.withBackbone(ModelFiles.find(backbone)));
        if (!model.digest().equals(digest)) {
            String found = model.digest();
            model.close();
            throw new NumClipException(
                    Kind.DATA,
                    folder.toAbsolutePath() + ": another model than expected\nexpected digest " + digest
                            + "\nfound digest    " + found,
                    "give every machine the same folder; one that was trained again must be copied again");
        }
        return new ScoringModel(model);
    }

    private PluginCatalog catalog() {
        PluginFolders folders =
                plugins.isEmpty() ? PluginFolders.fromSystemProperties() : new PluginFolders(ModelFiles.find(plugins));
        return PluginHost.of(new PluginFolders(ModelFiles.find(folders.plugins().toString())))
                .load();
    }
}
