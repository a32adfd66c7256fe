package io.numclip.host.assembly;

import io.numclip.data.NearestName;
import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.Protocol;
import io.numclip.host.result.ImageParts;
import java.util.TreeSet;

/** Settings that name an attribute of the images. */
final class AttributeSettings {

    private AttributeSettings() {}

    /** @throws NumClipException if one of them names an attribute that no image has */
    static void require(ExperimentConfig config, ExperimentData data) {
        require("uncertainty.group", config.uncertainty().group(), data);
        require("uncertainty.target.attribute", config.uncertainty().target().attribute(), data);
        String group = config.protocol().group();
        if (!group.equals(Protocol.defaults().group())) { // which images need not have
            require("protocol.group", group, data);
        }
    }

    private static void require(String setting, String name, ExperimentData data) {
        if (name.isEmpty()) {
            return;
        }
        TreeSet<String> known = new TreeSet<>();
        for (Split split : Split.values()) {
            known.addAll(ImageParts.columns(data.images(split)));
        }
        if (!known.contains(name)) {
            throw new NumClipException(
                    NumClipException.Kind.CONFIGURATION,
                    setting + ": no image has the attribute '" + name + "'" + NearestName.question(name, known),
                    known.isEmpty()
                            ? "leave it out, or give the list of images a column of that name"
                            : "choose one of " + String.join(", ", known) + ", or leave it out");
        }
    }
}
