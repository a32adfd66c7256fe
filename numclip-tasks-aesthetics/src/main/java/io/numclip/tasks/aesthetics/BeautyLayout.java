package io.numclip.tasks.aesthetics;

import io.numclip.data.LabelScale;
import io.numclip.data.Split;
import io.numclip.dataset.DataLayout;
import io.numclip.dataset.DataTable;
import io.numclip.dataset.ImageFiles;
import io.numclip.dataset.ImageListing;
import io.numclip.dataset.TaskData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Image aesthetics of Schifanella, Redi and Aiello (ICWSM 2015): photographs of four categories with grades 1 to 5, in
 * lists {@code CATEGORY_train.txt} and {@code CATEGORY_test.txt} of lines {@code image grade}. The setting is a
 * category, or {@code all} (the default).
 */
public final class BeautyLayout implements DataLayout {

    private static final String ALL = "all";

    /** The categories with the sizes of the published lists. */
    private static final List<Category> CATEGORIES = List.of(
            new Category("animals", 2635, 659),
            new Category("nature", 3290, 823),
            new Category("people", 2156, 539),
            new Category("urban", 2571, 643));

    private record Category(String name, int train, int test) {}

    @Override
    public String name() {
        return "beauty";
    }

    @Override
    public ImageListing read(TaskData data, LabelScale scale) throws IOException {
        List<String> settings = new ArrayList<>(List.of(ALL));
        CATEGORIES.forEach(category -> settings.add(category.name()));
        String setting = data.settingOf(settings);
        Path root = ImageFiles.root(data);
        ImageListing listing = new ImageListing(data, scale, root.toString(), root);
        for (Category category : CATEGORIES) {
            if (setting.equals(ALL) || setting.equals(category.name())) {
                read(category, Split.TRAIN, category.train(), root, listing);
                read(category, Split.TEST, category.test(), root, listing);
            }
        }
        return listing;
    }

    private static void read(Category category, Split split, int official, Path root, ImageListing listing)
            throws IOException {
        String folder = folder(root, category.name());
        int before = listing.size();
        DataTable.withoutHeader(
                root.resolve(category.name() + "_" + split + ".txt"),
                listing,
                row -> listing.add(
                        row.place(), folder + row.text(0), row.number(1), Map.of("category", category.name()), split));
        listing.expect(category.name() + " images for " + split, official, listing.size() - before);
    }

    /** Images are in a folder for each category, in one folder, or next to the lists. */
    private static String folder(Path root, String category) {
        for (String folder : List.of("images/" + category, category, "images")) {
            if (Files.isDirectory(root.resolve(folder))) {
                return folder + "/";
            }
        }
        return "";
    }
}
