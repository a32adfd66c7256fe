package io.numclip.data;

import java.io.IOException;
import java.util.List;

/** The images of a task, wherever they come from: what {@code OrdinalTask.images} delegates to. */
public final class TaskImages {

    private final TaskData data;
    private final LabelScale scale;
    private final SampleWorld world;

    /** @param world draws the images when the format is {@code sample} */
    public TaskImages(TaskData data, LabelScale scale, SampleWorld world) {
        this.data = data;
        this.scale = scale;
        this.world = world;
    }

    /**
     * The images of one split, in a fixed order.
     *
     * @throws IOException if a list or folder cannot be read or holds labels outside the scale; the message names every
     *     offending line (the first ten, then the count)
     */
    public List<LabeledImage> images(Split split) throws IOException {
        throw new UnsupportedOperationException("not yet: " + data + scale + world + split);
    }
}
