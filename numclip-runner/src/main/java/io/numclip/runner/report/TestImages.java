package io.numclip.runner.report;

import io.numclip.data.ImageSource;
import io.numclip.data.LabeledImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pictures behind the names of test images, as far as they are still there. */
public final class TestImages {

    private final Map<String, ImageSource> sources = new HashMap<>();

    private TestImages() {}

    public static TestImages of(List<LabeledImage> images) {
        TestImages known = new TestImages();
        images.forEach(image -> known.sources.put(image.name(), image.source()));
        return known;
    }

    /** Where only the names are known. */
    public static TestImages none() {
        return new TestImages();
    }

    /** Empty if the picture is not known or can no longer be read. */
    Optional<BufferedImage> picture(String name) {
        ImageSource source = sources.get(name);
        try {
            return source == null ? Optional.empty() : Optional.of(source.read());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
