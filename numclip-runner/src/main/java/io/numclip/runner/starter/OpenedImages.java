package io.numclip.runner.starter;

import io.numclip.data.LabeledImage;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some images, opened to see whether they can be read.
 *
 * @param count how many
 * @param problems why some could not be read
 */
public record OpenedImages(int count, List<String> problems) {

    private static final int MOST = 200;

    /** Opens all images, or an evenly spread sample if there are many. */
    public static OpenedImages among(List<LabeledImage> images) {
        int count = Math.min(MOST, images.size());
        List<String> problems = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> images.get((int) ((long) i * images.size() / count)))
                .map(OpenedImages::problem)
                .filter(problem -> !problem.isEmpty())
                .toList();
        return new OpenedImages(count, problems);
    }

    private static String problem(LabeledImage image) {
        try {
            image.source().read();
            return "";
        } catch (IOException | RuntimeException failure) { // decoders throw both for a broken file
            return failure.getMessage() == null ? image.name() + ": " + failure : failure.getMessage();
        }
    }
}
