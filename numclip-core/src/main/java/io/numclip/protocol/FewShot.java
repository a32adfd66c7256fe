package io.numclip.protocol;

import io.numclip.data.LabeledImage;
import java.util.List;

/**
 * Few-shot training: a fixed number of images for each label. OrdinalCLIP's rule: the images are chosen once, by the
 * run's seed; a label with fewer images keeps all of them, and none is repeated.
 */
public final class FewShot {

    private FewShot() {}

    /**
     * The choice depends on names, labels and seed, not on the order of the list. A choice with more shots contains
     * every choice with fewer.
     *
     * @param shots images to keep for each label value, at least 1
     * @return the images that are kept, in the order given
     */
    public static List<LabeledImage> choose(List<LabeledImage> images, int shots, long seed) {
        if (shots < 1) {
            throw new IllegalArgumentException("few-shot needs at least 1 image of each label; found " + shots);
        }
        return LabelChoice.choose(images, label -> shots, seed);
    }
}
