package io.numclip.host.assembly;

import io.numclip.data.ImageSource;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.spi.OrdinalTask;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sixty images of fifteen persons, in the folds {@code a}, {@code b} and {@code c} of its owner. Image {@code i} has the label
 * {@code i % 4}, shows the person {@code i / 4}, and is of the fold {@code i % 3}.
 */
public final class TestingFolds implements OrdinalTask {

    private final List<LabeledImage> images = new ArrayList<>();

    public TestingFolds() {
        for (int i = 0; i < 60; i++) {
            images.add(new LabeledImage(
                    "image-" + i, new Content("content " + i), i % 4, Map.of(LabeledImage.SUBJECT, "p" + i / 4)));
        }
    }

    @Override
    public LabelScale scale() {
        return new LabelScale(0, 10, "steps");
    }

    @Override
    public List<String> folds() {
        return List.of("a", "b", "c");
    }

    @Override
    public List<LabeledImage> images(Split split) {
        return images(split, "a");
    }

    /** The fold tests, the next one validates, the last one trains. */
    @Override
    public List<LabeledImage> images(Split split, String fold) {
        int shift = switch (split) {
            case TEST -> 0;
            case VALIDATION -> 1;
            case TRAIN -> 2;
        };
        int part = (folds().indexOf(fold) + shift) % 3;
        return images.stream().filter(image -> number(image) % 3 == part).toList();
    }

    public static int number(LabeledImage image) {
        return Integer.parseInt(image.name().substring("image-".length()));
    }

    private record Content(String fingerprint) implements ImageSource {
        @Override
        public BufferedImage read() {
            throw new IllegalStateException("a protocol looks at no pixels");
        }
    }
}
