package io.numclip.protocol;

import io.numclip.data.LabeledImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** SHA-256 of the contents of many images, on all cores. */
final class ContentHashes {

    private ContentHashes() {}

    static List<String> of(List<LabeledImage> images) throws IOException {
        try {
            return images.parallelStream().map(ContentHashes::of).toList();
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    static String of(LabeledImage image) {
        try {
            return Contents.hash(image.source());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
