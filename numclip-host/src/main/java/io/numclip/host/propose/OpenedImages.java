package io.numclip.host.propose;

import io.numclip.data.ImageSource;
import io.numclip.data.LabeledImage;
import io.numclip.image.Transparency;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some images, opened to see whether they can be read.
 *
 * @param count how many
 * @param problems why some could not be read
 * @param transparent how many have pixels that are not opaque
 */
record OpenedImages(int count, List<String> problems, int transparent) {

    private static final int MOST = 200;

    /** Opens all images, or an evenly spread sample if there are many. */
    static OpenedImages among(List<LabeledImage> images) {
        int count = Math.min(MOST, images.size());
        List<ImageSource> some = IntStream.range(0, count)
                .mapToObj(i -> images.get((int) ((long) i * images.size() / count)))
                .map(LabeledImage::source)
                .toList();
        List<String> problems = some.parallelStream()
                .map(OpenedImages::problem)
                .filter(problem -> !problem.isEmpty())
                .toList();
        return new OpenedImages(count, problems, Transparency.count(some).transparent());
    }

    private static String problem(ImageSource image) {
        try {
            image.read();
            return "";
        } catch (IOException | RuntimeException failure) { // decoders throw both for a broken file
            return failure.getMessage() == null ? image + ": " + failure : failure.getMessage();
        }
    }
}
