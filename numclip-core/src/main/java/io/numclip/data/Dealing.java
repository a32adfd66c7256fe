package io.numclip.data;

import java.util.List;
import java.util.Optional;

/** Which of a data set's images train, validate and test, fold by fold. */
interface Dealing {

    /** Names of the folds, in order; empty: there are none. */
    List<String> folds(List<ListedImage> images);

    /** The part of each image in a fold; an image without one is not used in the fold. */
    List<Optional<Split>> deal(List<ListedImage> images, String fold);
}
