package io.numclip.runner.inputs;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Region;
import io.numclip.host.message.PlainText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Images of which each picture has one, the whole or a region: a sidecar is the picture's, and of two numbers it could have only
 * the last. Remembers only what lists with regions name.
 */
public record OneImagePerPicture(Inputs.Images images, Map<Path, String> seen) implements Inputs.Images {

    public OneImagePerPicture(Inputs.Images images) {
        this(images, new HashMap<>());
    }

    /** @throws NumClipException if a picture has another one, too */
    public static void require(Inputs inputs) throws IOException {
        try (Inputs.Images images = new OneImagePerPicture(inputs.images())) {
            images.forEachRemaining(image -> {});
        }
    }

    @Override
    public boolean hasNext() {
        return images.hasNext();
    }

    @Override
    public InputImage next() {
        InputImage image = images.next();
        if (image.problem() == null && image.columns().keySet().containsAll(Region.NAMES)) {
            Path file = image.file().toAbsolutePath().normalize();
            String before = seen.putIfAbsent(file, image.shown());
            if (before != null && !before.equals(image.shown())) {
                throw new NumClipException(
                        Kind.DATA,
                        PlainText.printable(image.name()) + " is named with more than one region, "
                                + PlainText.printable(before) + " and " + PlainText.printable(image.shown())
                                + "; a sidecar belongs to the picture, and each number only to a region",
                        "name one region of each picture, or leave out --xmp: rows have all numbers");
            }
        }
        return image;
    }

    @Override
    public void close() throws IOException {
        images.close();
    }
}
