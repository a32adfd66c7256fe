package io.numclip.host.result;

import io.numclip.data.ImageSource;
import io.numclip.data.LabeledImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Map;

/** An image of which a results file has only the name. */
public record NamedImage(String name) implements ImageSource {

    /** Attribute with the group that is in the file. */
    public static final String GROUP = "group";

    /**
     * With what is in the file.
     *
     * @param group the person or scene that the image shows; empty if it is not known
     */
    public static LabeledImage labeled(String name, double label, String group) {
        return new LabeledImage(name, new NamedImage(name), label, group.isEmpty() ? Map.of() : Map.of(GROUP, group));
    }

    @Override
    public BufferedImage read() throws IOException {
        throw new IOException(name + ": only the name of the image is known here");
    }

    @Override
    public String fingerprint() {
        return "name|" + name;
    }
}
