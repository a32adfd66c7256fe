package io.numclip.input;

import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The images of a data set that cannot be used. Each is reported once; if they are more than one in a hundred, the run ends. */
final class LeftOutImages {

    private static final double LARGEST_SHARE = 0.01;

    private final List<LabeledImage> images;
    private final ImageBatches.SkippedImages listener;
    private final Set<Integer> leftOut = new HashSet<>();

    LeftOutImages(List<LabeledImage> images, ImageBatches.SkippedImages listener) {
        this.images = images;
        this.listener = listener;
    }

    void add(int index, String problem) {
        if (!leftOut.add(index)) {
            return;
        }
        listener.imageSkipped(images.get(index).name(), problem);
        if (leftOut.size() > Math.max(1, images.size() * LARGEST_SHARE)) {
            throw new NumClipException(
                    Kind.DATA,
                    leftOut.size() + " of " + images.size() + " images cannot be read; the last one is "
                            + images.get(index).name() + ": " + problem,
                    "Remove or repair the images; at most one in a hundred may be unreadable.");
        }
    }
}
