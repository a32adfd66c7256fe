package io.numclip.tasks.age;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
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
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adience (Eidinger, Enbar and Hassner, IEEE TIFS 2014): faces in eight age classes and five folds that share no
 * person, each in a file {@code fold_N_data.txt}. Setting {@code aligned} (the default) reads the aligned faces,
 * {@code faces} the faces as they were cropped.
 */
public final class AdienceLayout implements DataLayout {

    private static final int FOLDS = 5;
    private static final String FOLD = "fold";
    private static final String CLASS = "class";
    private static final List<String> COLUMNS = List.of("user_id", "original_image", "face_id", "age");
    private static final Pattern RANGE = Pattern.compile("\\((\\d+), ?(\\d+)\\)");
    private static final Pattern AGE = Pattern.compile("\\d{1,3}");
    private static final Set<String> UNKNOWN = Set.of("None", "");
    private static final List<AgeClass> CLASSES = List.of(
            new AgeClass(0, 2, 2509),
            new AgeClass(4, 6, 2140),
            new AgeClass(8, 13, 2293),
            new AgeClass(15, 20, 1791),
            new AgeClass(25, 32, 5589),
            new AgeClass(38, 43, 2490),
            new AgeClass(48, 53, 909),
            new AgeClass(60, 100, 901));

    /** @param size number of published faces of this class */
    private record AgeClass(int first, int last, int size) {

        boolean holds(int from, int to) {
            return from >= first && to <= last;
        }

        double middle() {
            return (first + last) / 2.0;
        }

        String label() {
            return first + "-" + last;
        }
    }

    @Override
    public String name() {
        return "adience";
    }

    @Override
    public ImageListing read(TaskData data, LabelScale scale) throws IOException {
        String images = data.settingOf(List.of("aligned", "faces"));
        Path root = ImageFiles.root(data);
        ImageListing listing = new ImageListing(data, scale, root.toString(), root);
        for (int fold = 0; fold < FOLDS; fold++) {
            String name = Integer.toString(fold);
            DataTable.withHeader(
                    root.resolve("fold_" + fold + "_data.txt"),
                    '\t',
                    COLUMNS,
                    listing,
                    row -> add(row, images, name, listing));
        }
        CLASSES.forEach(age ->
                listing.expect("faces of the class " + age.label(), age.size(), listing.count(CLASS, age.label())));
        listing.holdOut(FOLD);
        return listing;
    }

    private static void add(DataRow row, String images, String fold, ImageListing listing) throws BadRowException {
        String age = row.text("age");
        if (UNKNOWN.contains(age)) {
            listing.leaveOut("no age is known");
            return;
        }
        Optional<AgeClass> known = ageClass(age);
        if (known.isEmpty()) {
            listing.leaveOut("the age lies in none of the eight classes");
            return;
        }
        String prefix = images.equals("faces") ? "coarse_tilt_aligned_face." : "landmark_aligned_face.";
        String person = row.text("user_id");
        String path = images + "/" + person + "/" + prefix + row.text("face_id") + "." + row.text("original_image");
        Map<String, String> attributes = Map.of(
                LabeledImage.SUBJECT, person, FOLD, fold, CLASS, known.get().label());
        listing.add(row.place(), path, known.get().middle(), attributes);
    }

    /** The class; empty for ages between the classes, such as {@code (38, 48)} or {@code 3}. */
    private static Optional<AgeClass> ageClass(String text) throws BadRowException {
        Matcher range = RANGE.matcher(text);
        boolean isRange = range.matches();
        if (!isRange && !AGE.matcher(text).matches()) {
            throw new BadRowException("column 'age': '" + text + "' is neither an age nor a range such as (25, 32)");
        }
        int from = Integer.parseInt(isRange ? range.group(1) : text);
        int to = Integer.parseInt(isRange ? range.group(2) : text);
        return CLASSES.stream().filter(age -> age.holds(from, to)).findFirst();
    }
}
