package io.numclip.host.run;

import io.numclip.data.ImageSource;
import io.numclip.data.LabeledImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Map;

/** An image of which a results file has only the name. */
public record NamedImage(String name) implements ImageSource {

    /** With the label that is in the file. */
    public static LabeledImage labeled(String name, double label) {
        return new LabeledImage(name, new NamedImage(name), label, Map.of());
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
