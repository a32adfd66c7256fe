package io.numclip.tasks.aesthetics;

import io.numclip.data.LabelScale;
import io.numclip.data.Split;
import io.numclip.dataset.BadRowException;
import io.numclip.dataset.DataLayout;
import io.numclip.dataset.DataRow;
import io.numclip.dataset.DataTable;
import io.numclip.dataset.ImageFiles;
import io.numclip.dataset.ImageListing;
import io.numclip.dataset.TaskData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * KonIQ-10k (Hosu, Lin, Sziranyi and Saupe, IEEE TIP 2020): {@code koniq10k_distributions_sets.csv}, which names the
 * owner's sets, or {@code koniq10k_scores_and_distributions.csv}, which does not (images are then split by the seed).
 * The label is the mean of the votes {@code c1} to {@code c5}; the column MOS is on another scale in one of the two
 * lists.
 */
public final class KoniqLayout implements DataLayout {

    private static final String WITH_SETS = "koniq10k_distributions_sets.csv";
    private static final String WITHOUT_SETS = "koniq10k_scores_and_distributions.csv";
    private static final List<String> VOTES = List.of("c1", "c2", "c3", "c4", "c5");

    @Override
    public String name() {
        return "koniq";
    }

    @Override
    public ImageListing read(TaskData data, LabelScale scale) throws IOException {
        Path root = ImageFiles.root(data);
        boolean sets = Files.isRegularFile(root.resolve(WITH_SETS));
        Path list = root.resolve(sets ? WITH_SETS : WITHOUT_SETS);
        Path images = ImageFiles.first(root, List.of("1024x768", "512x384", "images"));
        ImageListing listing = new ImageListing(data, scale, list.toString(), images);
        List<String> columns = new ArrayList<>(VOTES);
        columns.add("image_name");
        if (sets) {
            columns.add("set");
        }
        DataTable.withHeader(list, ',', columns, listing, row -> add(row, sets, listing));
        listing.expect("images", 10_073, listing.size());
        return listing;
    }

    private static void add(DataRow row, boolean sets, ImageListing listing) throws BadRowException {
        double[] votes = new double[VOTES.size()];
        for (int i = 0; i < votes.length; i++) {
            votes[i] = row.number(VOTES.get(i));
        }
        String image = row.text("image_name");
        if (sets) {
            Split split = split(row.text("set"));
            listing.add(row.place(), image, MeanVote.of(votes), Map.of(), split);
        } else {
            listing.add(row.place(), image, MeanVote.of(votes), Map.of());
        }
    }

    private static Split split(String set) throws BadRowException {
        return switch (set.toLowerCase(Locale.ROOT)) {
            case "training", "train" -> Split.TRAIN;
            case "validation", "val" -> Split.VALIDATION;
            case "test" -> Split.TEST;
            default ->
                throw new BadRowException("column 'set': '" + set + "' is neither training, validation nor test");
        };
    }
}
