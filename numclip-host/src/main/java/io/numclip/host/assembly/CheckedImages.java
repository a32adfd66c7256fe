package io.numclip.host.assembly;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.spi.BrokenContractException;
import io.numclip.spi.OrdinalTask;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** The images that a task gives, each with a label on its scale. */
final class CheckedImages {

    private CheckedImages() {}

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
