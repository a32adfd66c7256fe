package io.numclip.testing;

import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.spi.OrdinalTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Helpers for tests of data layouts: queries about a task, and copies of fixtures that a test may damage. */
public final class DataSets {

    private DataSets() {}

    /** The numbers of training, validation and test images, such as {@code 14 + 2 + 4}. */
    public static String sizes(OrdinalTask task) throws IOException {
        return task.images(Split.TRAIN).size() + " + "
                + task.images(Split.VALIDATION).size() + " + "
                + task.images(Split.TEST).size();
    }

    /** The same numbers for one fold. */
    public static String sizes(OrdinalTask task, String fold) throws IOException {
        return task.images(Split.TRAIN, fold).size() + " + "
                + task.images(Split.VALIDATION, fold).size() + " + "
                + task.images(Split.TEST, fold).size();
    }

    /** The values of an attribute in one split of a fold. */
    public static Set<String> values(OrdinalTask task, String attribute, Split split, String fold) throws IOException {
        Set<String> values = new HashSet<>();
        for (LabeledImage image : task.images(split, fold)) {
            values.add(image.attributes().getOrDefault(attribute, ""));
        }
        return values;
    }

    /** The images of all splits. */
    public static List<LabeledImage> all(OrdinalTask task) throws IOException {
        return Stream.of(task.images(Split.TRAIN), task.images(Split.VALIDATION), task.images(Split.TEST))
                .flatMap(List::stream)
                .toList();
    }

    public static Path copy(Path fixture, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(fixture)) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(fixture.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        return target;
    }
}
