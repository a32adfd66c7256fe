package io.numclip.tasks.aesthetics;

import io.numclip.data.LabelScale;
import io.numclip.dataset.BadRowException;
import io.numclip.dataset.DataLayout;
import io.numclip.dataset.DataRow;
import io.numclip.dataset.DataTable;
import io.numclip.dataset.ImageFiles;
import io.numclip.dataset.ImageListing;
import io.numclip.dataset.TaskData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * AVA (Murray, Marchesotti and Perronnin, CVPR 2012): {@code AVA.txt} with lines of a number, the image's id, how many
 * people voted 1 to 10, two tags and the challenge. The label is the mean vote, so the scale is 1 to 10 points. The
 * owner provides no split; images are split by the seed.
 */
public final class AvaLayout implements DataLayout {

    private static final int FIRST_VOTE = 2;
    private static final int POINTS = 10;

    @Override
    public String name() {
        return "ava";
    }

    @Override
    public LabelScale scale(LabelScale task) {
        return new LabelScale(1, POINTS, "points");
    }

    @Override
    public ImageListing read(TaskData data, LabelScale scale) throws IOException {
        Path root = ImageFiles.root(data);
        Path images = ImageFiles.first(root, List.of("images", "image"));
        Path list = root.resolve("AVA.txt");
        ImageListing listing = new ImageListing(data, scale, list.toString(), images);
        DataTable.withoutHeader(
                list,
                listing,
                row -> listing.add(
                        row.place(),
                        row.text(1) + ".jpg",
                        MeanVote.of(votes(row)),
                        Map.of("challenge", challenge(row))));
        listing.expect("images", 255_530, listing.size());
        return listing;
    }

    private static double[] votes(DataRow row) throws BadRowException {
        double[] votes = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            votes[i] = row.number(FIRST_VOTE + i);
        }
        return votes;
    }

    private static String challenge(DataRow row) {
        List<String> fields = row.fields();
        return fields.get(fields.size() - 1);
    }
}
