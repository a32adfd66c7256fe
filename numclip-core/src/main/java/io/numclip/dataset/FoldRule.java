package io.numclip.dataset;

import io.numclip.data.Split;
import java.util.List;
import java.util.Optional;

/** Which images of a data set are for training, validation and test, fold by fold. */
interface FoldRule {

    /** Names of the folds, in order; empty where there are none. */
    List<String> folds(List<ListedImage> images);

    /** The split of each image in a fold; an image without one is not used in the fold. */
    List<Optional<Split>> parts(List<ListedImage> images, String fold);

    /** The same as chance has it, where {@link #parts} sees to it that no split is empty. */
    default List<Optional<Split>> drawn(List<ListedImage> images, String fold) {
        return parts(images, fold);
    }
}
