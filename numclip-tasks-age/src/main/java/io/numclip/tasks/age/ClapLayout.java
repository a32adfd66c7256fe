package io.numclip.tasks.age;

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
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * ChaLearn LAP 2015, apparent age: one list {@code filename,age,stdv,database}, whose last column names the split. The
 * label is the mean of the votes; their deviation is kept as attribute {@code deviation}.
 */
public final class ClapLayout implements DataLayout {

    private static final String LIST = "total_2015.csv";
    private static final Map<Split, Integer> SIZES =
            Map.of(Split.TRAIN, 2476, Split.VALIDATION, 1136, Split.TEST, 1079);

    @Override
    public String name() {
        return "clap2015";
    }

    @Override
    public ImageListing read(TaskData data, LabelScale scale) throws IOException {
        Path root = ImageFiles.root(data);
        Path list = data.file().isBlank() ? root.resolve(LIST) : Path.of(data.file());
        Path images = ImageFiles.first(root, List.of("images", "image"));
        ImageListing listing = new ImageListing(data, scale, list.toString(), images);
        Map<Split, Integer> sizes = new EnumMap<>(Split.class);
        DataTable.withHeader(list, ',', List.of("filename", "age", "stdv", "database"), listing, row -> {
            Split split = split(row);
            listing.add(
                    row.place(), row.text("filename"), row.number("age"), Map.of("deviation", row.text("stdv")), split);
            sizes.merge(split, 1, Integer::sum);
        });
        for (Split split : Split.values()) {
            listing.expect(split + " images", SIZES.getOrDefault(split, 0), sizes.getOrDefault(split, 0));
        }
        return listing;
    }

    private static Split split(DataRow row) throws BadRowException {
        String text = row.text("database");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "train" -> Split.TRAIN;
            case "validation", "valid", "val" -> Split.VALIDATION;
            case "test" -> Split.TEST;
            default ->
                throw new BadRowException("column 'database': '" + text + "' is neither train, validation nor test");
        };
    }
}
