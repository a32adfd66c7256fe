package io.numclip.data;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The images of a task, wherever they come from: what {@code OrdinalTask.images} delegates to. A user's list or folder is
 * read once.
 */
public final class TaskImages {

    private final TaskData data;
    private final LabelScale scale;
    private final SampleWorld world;
    private @Nullable ImageListing listing;

    /** @param world draws the images when the format is {@code sample} */
    public TaskImages(TaskData data, LabelScale scale, SampleWorld world) {
        this.data = data;
        this.scale = scale;
        this.world = world;
    }

    /**
     * The images of one split, in a fixed order.
     *
     * @throws NumClipException if a list or folder is missing, holds lines or folders that cannot be used (the message
     *     names the first ten and the count), or has no image for the split
     * @throws IOException if reading fails half-way
     */
    public List<LabeledImage> images(Split split) throws IOException {
        if (data.format() == TaskData.Format.SAMPLE) {
            return IntStream.range(0, data.samples().of(split))
                    .mapToObj(index -> world.draw(split, index, data.seed()))
                    .toList();
        }
        return listing().images(split);
    }

    private synchronized ImageListing listing() throws IOException {
        ImageListing known = listing;
        if (known == null) {
            known = data.format() == TaskData.Format.CSV
                    ? new ImageCsv(data, scale).read()
                    : new ImageFolder(data, scale).read();
            listing = known;
        }
        return known;
    }
}
