package io.numclip.host.assembly;

import io.numclip.data.EmptySplitException;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.spi.OrdinalTask;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All images of a task, from every split of every fold, each once; a split may be empty. */
public final class AllImages {

    private AllImages() {}

    /** @throws NumClipException if images of the same name have different labels */
    public static List<LabeledImage> of(OrdinalTask task) throws IOException {
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
            return CheckedImages.of(task, split, fold);
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
}
