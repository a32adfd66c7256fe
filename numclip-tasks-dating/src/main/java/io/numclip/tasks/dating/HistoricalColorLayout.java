package io.numclip.tasks.dating;

import io.numclip.data.LabelScale;
import io.numclip.dataset.DataLayout;
import io.numclip.dataset.ImageFiles;
import io.numclip.dataset.ImageListing;
import io.numclip.dataset.TaskData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Historical Color Images (Palermo, Hays and Efros, ECCV 2012): 265 photographs of each decade in a folder
 * {@code 1930s} to {@code 1970s}. The label is the middle of the decade. Ten folds are sampled at random, each with 210
 * training, 5 validation and 50 test images of a decade.
 */
public final class HistoricalColorLayout implements DataLayout {

    private static final List<Integer> DECADES = List.of(1930, 1940, 1950, 1960, 1970);
    private static final int FOLDS = 10;
    private static final int MIDDLE = 5;

    @Override
    public String name() {
        return "hci";
    }

    @Override
    public ImageListing read(TaskData data, LabelScale scale) throws IOException {
        Path root = ImageFiles.first(
                ImageFiles.root(data), List.of("decade_database", "imgs/decade_database", "data/imgs/decade_database"));
        ImageListing listing = new ImageListing(data, scale, root.toString(), root);
        for (int decade : DECADES) {
            String folder = decade + "s";
            for (String image : ImageFiles.below(root.resolve(folder))) {
                String path = folder + "/" + image;
                listing.add(path, path, decade + MIDDLE, Map.of("decade", folder));
            }
        }
        listing.randomFolds(FOLDS, 210, 5, 50, data.seed());
        return listing;
    }
}
