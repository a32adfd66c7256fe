package io.numclip.dataset;

import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.image.ImageFile;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An image while its data set is being read.
 *
 * @param place where it was found, such as {@code train.csv:17}
 * @param image of a file, or a region of one
 * @param key path below the root, with {@code /}
 * @param parts the split that the data set's owner gives it, by fold; under {@link #NO_FOLD} without folds; empty where
 *     the owner gives it none
 */
record ListedImage(String place, String key, LabeledImage image, Map<String, Split> parts) {

    static final String NO_FOLD = "";

    ListedImage(String place, String key, LabeledImage image) {
        this(place, key, image, new LinkedHashMap<>());
    }

    ImageFile file() {
        return (ImageFile) image.source();
    }

    /** Images of one group stay together when they are split. */
    String group() {
        String subject = image.attribute(LabeledImage.SUBJECT);
        return subject.isEmpty() ? key : subject;
    }
}
