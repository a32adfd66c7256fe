package io.numclip.tasks.counting;

import io.numclip.data.LabelScale;
import io.numclip.data.Split;
import io.numclip.dataset.DataLayout;
import io.numclip.dataset.ImageFiles;
import io.numclip.dataset.ImageListing;
import io.numclip.dataset.JsonReader;
import io.numclip.dataset.TaskData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * FSC-147 (Ranjan, Sharma, Nguyen and Hoai, CVPR 2021): {@code annotation_FSC147_384.json} with a dot for each thing,
 * and {@code Train_Test_Val_FSC_147.json} with the splits. The label is the number of dots; the scale goes up to 4 000.
 */
public final class Fsc147Layout implements DataLayout {

    private static final String DOTS = "annotation_FSC147_384.json";
    private static final String SPLITS = "Train_Test_Val_FSC_147.json";

    private record Part(String name, Split split, int size) {}

    private static final List<Part> PARTS = List.of(
            new Part("train", Split.TRAIN, 3659),
            new Part("val", Split.VALIDATION, 1286),
            new Part("test", Split.TEST, 1190));

    @Override
    public String name() {
        return "fsc-147";
    }

    @Override
    public LabelScale scale(LabelScale task) {
        return new LabelScale(0, 4000, task.unit());
    }

    @Override
    public ImageListing read(TaskData data, LabelScale scale) throws IOException {
        Path root = ImageFiles.root(data);
        Path images = ImageFiles.first(root, List.of("images_384_VarV2", "images"));
        ImageListing listing = new ImageListing(data, scale, root.toString(), images);
        Object dots = JsonReader.read(root.resolve(DOTS));
        Object splits = JsonReader.read(root.resolve(SPLITS));
        for (Part part : PARTS) {
            int before = listing.size();
            String place = root.resolve(SPLITS) + " (" + part.name() + ")";
            if (!(get(splits, part.name()) instanceof List<?> names)) {
                listing.problem(place, "a list of image names expected");
                continue;
            }
            for (Object name : names) {
                add(place, String.valueOf(name), dots, part.split(), listing);
            }
            listing.expect("images for " + part.split(), part.size(), listing.size() - before);
        }
        return listing;
    }

    private static void add(String place, String name, @Nullable Object dots, Split split, ImageListing listing) {
        if (get(get(dots, name), "points") instanceof List<?> points) {
            listing.add(place, name, points.size(), Map.of(), split);
        } else {
            listing.problem(place, name + " has no points in " + DOTS);
        }
    }

    /** A member; null if the value is not an object or has no such member. */
    private static @Nullable Object get(@Nullable Object value, String member) {
        return value instanceof Map<?, ?> object ? object.get(member) : null;
    }
}
