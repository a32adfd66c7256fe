package io.numclip.runner.report;

import io.numclip.data.ImageSource;
import io.numclip.data.LabeledImage;
import io.numclip.image.Background;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pictures behind the names of test images, as far as they are still there, on the background that the model sees. */
public final class TestImages {

    private final Map<String, ImageSource> sources = new HashMap<>();

    private final Background background;

    private TestImages(Background background) {
        this.background = background;
    }

    public static TestImages of(List<LabeledImage> images, Background background) {
        TestImages known = new TestImages(background);
        images.forEach(image -> known.sources.put(image.name(), image.source()));
        return known;
    }

    /** Where only the names are known. */
    public static TestImages none() {
        return new TestImages(Background.NONE);
    }

    /** Empty if the picture is not known or can no longer be read. */
    Optional<BufferedImage> picture(String name) {
        ImageSource source = sources.get(name);
        try {
            return source == null
                    ? Optional.empty()
                    : Optional.of(background.under(source.rows()).toImage());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
