package io.numclip.dataset;

import io.numclip.data.EmptySplitException;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NearestName;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Split;
import io.numclip.sample.SampleWorld;
import io.numclip.spi.OrdinalTask;
import io.numclip.storage.Limit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images of a task, wherever they come from: drawn, from a user's list or folder, or from a data set as its owner
 * publishes it. A list or folder is read once.
 */
public final class TaskImages implements OrdinalTask {

    private static final Logger LOGGER = LoggerFactory.getLogger(TaskImages.class);

    private final TaskData data;
    private final @Nullable SampleWorld world;
    private final @Nullable DataLayout layout; // null: drawn by the world
    private final LabelScale scale;
    private @Nullable ImageListing listing;
    private @Nullable String code;

    /**
     * @param scale of the task; a layout may have another, see {@link #scale}
     * @param world draws the images when the format is {@code sample}; null: the task draws none
     * @param layouts the data sets that the task reads besides {@code csv} and {@code folder}, which every task reads
     * @throws NumClipException if no layout has the name {@code data.format()}
     */
    public TaskImages(TaskData data, LabelScale scale, @Nullable SampleWorld world, DataLayout... layouts) {
        this.data = data;
        this.world = world;
        this.layout = world != null && data.format().equals(TaskData.SAMPLE)
                ? null
                : layout(data.format(), world != null, List.of(layouts));
        this.scale = layout == null ? scale : layout.scale(scale);
    }

    /** The scale of the chosen data set; the task's where the data set has none of its own. */
    @Override
    public LabelScale scale() {
        return scale;
    }

    @Override
    public double regionMargin() {
        return data.regionMargin();
    }

    /** Names of the folds that the data set's owner defines, in order; empty when there are none. */
    @Override
    public List<String> folds() throws IOException {
        return layout == null ? List.of() : listing(layout).folds();
    }

    /**
     * The images of one split, in a fixed order; for a data set with folds, those of its first fold.
     *
     * @throws NumClipException if a list or folder is missing, has lines or folders that cannot be used (the message
     *     names the first ten and the count), or has no image for the split: then an {@link EmptySplitException}
     * @throws IOException if reading fails half-way
     */
    @Override
    public List<LabeledImage> images(Split split) throws IOException {
        if (layout != null) {
            return listing(layout).images(split);
        }
        SampleWorld drawn = world;
        if (drawn == null) {
            throw new IllegalStateException("neither a layout nor a world");
        }
        return new SampleImages(drawn, split, drawnCount(split), data.seed(), code(drawn));
    }

    private int drawnCount(Split split) {
        int count = data.samples().of(split);
        if (count > Limit.SAMPLE_IMAGES.value()) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "task.data.samples." + split + ": " + Limit.SAMPLE_IMAGES.exceededBy(count + " images"),
                    "draw fewer, or raise the limit with --limit " + Limit.SAMPLE_IMAGES.key() + "=" + count);
        }
        return count;
    }

    private synchronized String code(SampleWorld drawn) throws IOException {
        String known = code;
        if (known == null) {
            known = DrawingCode.of(drawn);
            code = known;
        }
        return known;
    }

    /**
     * The images of one split in this fold.
     *
     * @throws IllegalArgumentException if {@link #folds} does not have the fold
     */
    @Override
    public List<LabeledImage> images(Split split, String fold) throws IOException {
        List<String> folds = folds();
        if (layout == null || !folds.contains(fold)) {
            throw new IllegalArgumentException("no fold '" + fold + "' among " + folds);
        }
        return listing(layout).images(split, fold);
    }

    /**
     * All images of a list or folder by split. A split may be empty, also one that chance leaves empty and that
     * {@link #images(Split)} gives images.
     *
     * @throws NumClipException as {@link #images(Split)}, but not for an empty split
     * @throws IllegalStateException if the images are drawn
     */
    public Map<Split, List<LabeledImage>> found() throws IOException {
        if (layout == null) {
            throw new IllegalStateException("drawn images are unlimited in number");
        }
        Map<Split, List<LabeledImage>> drawn = listing(layout).drawn();
        return Arrays.stream(Split.values())
                .collect(Collectors.toMap(split -> split, split -> List.copyOf(drawn.getOrDefault(split, List.of()))));
    }

    private synchronized ImageListing listing(DataLayout layout) throws IOException {
        ImageListing known = listing;
        if (known == null) {
            known = layout.read(data, scale);
            known.finish();
            known.notices().forEach(LOGGER::warn);
            listing = known;
        }
        return known;
    }

    private static DataLayout layout(String format, boolean samples, List<DataLayout> own) {
        List<DataLayout> layouts = Stream.concat(Stream.of(new CsvLayout(), new FolderLayout()), own.stream())
                .toList();
        for (DataLayout layout : layouts) {
            if (layout.name().equals(format)) {
                return layout;
            }
        }
        List<String> names = new ArrayList<>(samples ? List.of(TaskData.SAMPLE) : List.of());
        layouts.forEach(layout -> names.add(layout.name()));
        throw new NumClipException(
                Kind.CONFIGURATION,
                "task.data.format: there is no data layout '" + format + "'" + NearestName.question(format, names),
                "choose one of " + String.join(", ", names));
    }
}
