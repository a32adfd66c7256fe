package io.numclip.host.assembly;

import io.numclip.data.EmptySplitException;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.spi.BrokenContractException;
import io.numclip.spi.OrdinalTask;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The images that a task gives, each with a label on its scale. */
public final class TaskImages {

    private TaskImages() {}

    /**
     * All images, from every split of every fold, each once; a split may be empty.
     *
     * @throws NumClipException if images of the same name have different labels
     */
    public static List<LabeledImage> all(OrdinalTask task) throws IOException {
        Map<String, LabeledImage> images = new LinkedHashMap<>();
        List<String> folds = task.folds();
        for (Split split : Split.values()) {
            if (folds.isEmpty()) {
                add(found(task, split, ""), images);
            }
            for (String fold : folds) {
                add(found(task, split, fold), images);
            }
        }
        return List.copyOf(images.values());
    }

    private static List<LabeledImage> found(OrdinalTask task, Split split, String fold) throws IOException {
        try {
            return of(task, split, fold);
        } catch (EmptySplitException empty) {
            return List.of();
        }
    }

    private static void add(List<LabeledImage> some, Map<String, LabeledImage> images) {
        for (LabeledImage image : some) {
            LabeledImage other = images.putIfAbsent(image.name(), image);
            if (other != null && other.label() != image.label()) {
                throw new NumClipException(
                        NumClipException.Kind.DATA,
                        image.name() + " has the value " + other.label() + " in one split and " + image.label()
                                + " in another",
                        "give every image one value, and different images different names");
            }
        }
    }

    /** @param fold empty: the task's own splits */
    static List<LabeledImage> of(OrdinalTask task, Split split, String fold) throws IOException {
        List<LabeledImage> images = fold.isEmpty() ? task.images(split) : task.images(split, fold);
        if (images == null || images.stream().anyMatch(Objects::isNull)) {
            throw new BrokenContractException(
                    task, "returns null for " + (images == null ? "the images" : "an image") + " of " + split);
        }
        requireOnScale(images, split, task.scale());
        return images;
    }

    private static void requireOnScale(List<LabeledImage> images, Split split, LabelScale scale) {
        for (LabeledImage image : images) {
            scale.problem(image.label()).ifPresent(problem -> {
                throw new NumClipException(
                        NumClipException.Kind.DATA,
                        "image '" + image.name() + "' of " + split + ": the label " + image.label() + " is " + problem,
                        "correct the label, or the scale of the task");
            });
        }
    }
}
