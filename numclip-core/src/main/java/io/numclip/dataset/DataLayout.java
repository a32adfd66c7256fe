package io.numclip.dataset;

import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import java.io.IOException;

/**
 * How a data set is stored on disk: finds its images with their labels, and says how they are split into train,
 * validation and test. A task passes its layouts to {@link TaskImages}; {@code task.data.format} chooses one by name.
 */
public interface DataLayout {

    /** Lower case, unique within the task, such as {@code adience}. */
    String name();

    /**
     * The scale of this data set's numbers; by default the task's.
     *
     * @param task the task's scale
     */
    default LabelScale scale(LabelScale task) {
        return task;
    }

    /**
     * Finds the images. Problems with single lines go into the listing, which reports them all at once.
     *
     * @param scale the result of {@link #scale}
     * @throws NumClipException if the data set is not where {@code data} says, or a setting is unknown
     * @throws IOException if reading fails half-way
     */
    ImageListing read(TaskData data, LabelScale scale) throws IOException;
}
