package io.numclip.spi;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import java.io.IOException;
import java.util.List;

/** A prediction problem: an ordered label scale, and the images for training, validation and test. */
public interface OrdinalTask {

    LabelScale scale();

    /**
     * The images of one split, in a fixed order: the same call gives the same list. Pixels are read later, one image at
     * a time, so a list of a million images is cheap.
     *
     * @return empty if there are none; an {@link io.numclip.data.EmptySplitException} says so too, and how to get some
     * @throws IOException if the lists or folders that name the images cannot be read; unreadable single images fail
     *     when they are read, not here
     */
    List<LabeledImage> images(Split split) throws IOException;

    /**
     * Names of the folds that the data set's owner defines, in order; empty where there are none. A task with folds
     * also overrides {@link #images(Split, String)}, and its {@link #images(Split)} returns the images of the first
     * fold.
     *
     * @throws IOException if the lists or folders that name the images cannot be read
     */
    default List<String> folds() throws IOException {
        return List.of();
    }

    /**
     * The images of one split in this fold, in a fixed order. The three splits of a fold share no image; the test
     * splits of two folds may.
     *
     * @param fold one of {@link #folds}
     * @throws IllegalArgumentException if there is no such fold
     * @throws IOException if the lists or folders that name the images cannot be read
     */
    default List<LabeledImage> images(Split split, String fold) throws IOException {
        throw new IllegalArgumentException("no fold '" + fold + "': the task has the folds " + folds());
    }

    /**
     * How much of a picture is seen around a region of it, in training as in prediction: a share of the region's width and
     * height, added on each side as far as the picture goes.
     */
    default double regionMargin() {
        return 0;
    }

    /** Creates a task from its settings. */
    interface Factory<C extends Record> extends ComponentFactory<C> {
        OrdinalTask create(C config);

        /**
         * What a task with these settings is called in titles, tables, manifests and names of folders: letters, digits,
         * {@code .}, {@code -} and {@code _}. By default the type.
         */
        default String name(C config) {
            return type();
        }
    }
}
