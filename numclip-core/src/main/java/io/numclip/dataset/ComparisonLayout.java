package io.numclip.dataset;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * {@code comparisons}: a list with the columns {@code image}, {@code other} and {@code more}, which says {@code image}, {@code other}
 * or {@code equal}. Each image is found once, with what was said of it ({@link LabeledImage#MORE_THAN}, {@link LabeledImage#EQUAL_TO})
 * and no number, for which stands the lowest of the scale.
 */
public final class ComparisonLayout implements DataLayout {

    private static final String IMAGE = "image";
    private static final String OTHER = "other";
    private static final String MORE = "more";
    private static final String FIX = "name two images and which is more in the columns image, other and more";

    @Override
    public String name() {
        return "comparisons";
    }

    @Override
    public ImageListing read(TaskData data, LabelScale scale) throws IOException {
        Path file = Path.of(data.file());
        Path folder = data.root().isBlank() ? file.toAbsolutePath().resolveSibling("") : Path.of(data.root());
        ImageListing listing = new ImageListing(
                data, scale, file.toString(), folder.toAbsolutePath().normalize());
        Map<String, Said> images = new LinkedHashMap<>();
        DataTable.withHeader(
                file, CsvSeparator.of(file), List.of(IMAGE, OTHER, MORE), FIX, listing, row -> add(row, images));
        images.forEach((image, said) -> listing.add(said.place, image, scale.minimum(), said.attributes()));
        return listing;
    }

    private static void add(DataRow row, Map<String, Said> images) throws BadRowException {
        String image = row.text(IMAGE);
        String other = row.text(OTHER);
        if (image.isBlank() || other.isBlank()) {
            throw new BadRowException("expected two images, found '" + image + "' and '" + other + "'");
        }
        if (image.equals(other)) {
            throw new BadRowException("'" + image + "' is compared with itself");
        }
        if (image.contains(LabeledImage.BETWEEN_NAMES) || other.contains(LabeledImage.BETWEEN_NAMES)) {
            throw new BadRowException("the name of an image must not have a " + LabeledImage.BETWEEN_NAMES);
        }
        String more = row.text(MORE).strip().toLowerCase(Locale.ROOT);
        Said first = images.computeIfAbsent(image, any -> new Said(row.place()));
        Said second = images.computeIfAbsent(other, any -> new Said(row.place()));
        switch (more) {
            case IMAGE -> first.more.add(other);
            case OTHER -> second.more.add(image);
            case "equal" -> first.equal.add(other);
            default -> throw new BadRowException("column 'more': '" + more + "' is neither image, other nor equal");
        }
    }

    /** What was said of an image, and where first. */
    private static final class Said {

        private final String place;
        private final StringJoiner more = new StringJoiner(LabeledImage.BETWEEN_NAMES);
        private final StringJoiner equal = new StringJoiner(LabeledImage.BETWEEN_NAMES);

        Said(String place) {
            this.place = place;
        }

        Map<String, String> attributes() {
            return Map.of(LabeledImage.MORE_THAN, more.toString(), LabeledImage.EQUAL_TO, equal.toString());
        }
    }
}
