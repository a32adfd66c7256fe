package io.numclip.tasks.age;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.dataset.DataLayout;
import io.numclip.dataset.ImageFiles;
import io.numclip.dataset.ImageListing;
import io.numclip.dataset.TaskData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Data sets whose file names contain the age and, if known, the person: FG-NET, UTKFace and AgeDB.
 */
final class FileNameLayout implements DataLayout {

    private final String name;
    private final Pattern fileName;
    private final double oldest;
    private final int size;
    private final Persons persons;

    private enum Persons {
        UNKNOWN,
        KNOWN,
        LEFT_OUT
    }

    /**
     * @param fileName with the group {@code age} and, if persons are known, {@code subject}
     * @param size number of images that the owner publishes
     */
    private FileNameLayout(String name, String fileName, double oldest, int size, Persons persons) {
        this.name = name;
        this.fileName = Pattern.compile(fileName, Pattern.CASE_INSENSITIVE);
        this.oldest = oldest;
        this.size = size;
        this.persons = persons;
    }

    /** FG-NET: {@code 001A02.JPG} shows person 001 at the age of 2. A fold leaves one person out. */
    static DataLayout fgNet() {
        return new FileNameLayout(
                "fg-net", "(?<subject>\\d{3})A(?<age>\\d{2})[a-z]?\\.jpg", 100, 1002, Persons.LEFT_OUT);
    }

    /** UTKFace: {@code AGE_GENDER_RACE_DATE.jpg}, ages 0 to 116. */
    static DataLayout utkFace() {
        return new FileNameLayout("utkface", "(?<age>\\d{1,3})_.*", 116, 23_708, Persons.UNKNOWN);
    }

    /** AgeDB: {@code 0_MariaCallas_35_f.jpg}, ages 1 to 101. */
    static DataLayout ageDb() {
        return new FileNameLayout(
                "agedb", "\\d+_(?<subject>.+)_(?<age>\\d{1,3})_[mf]\\.jpg", 101, 16_488, Persons.KNOWN);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public LabelScale scale(LabelScale task) {
        return new LabelScale(task.minimum(), oldest, task.unit());
    }

    @Override
    public ImageListing read(TaskData data, LabelScale scale) throws IOException {
        Path root = ImageFiles.root(data);
        Path images = ImageFiles.first(root, List.of("images", "AgeDB", "UTKFace"));
        ImageListing listing = new ImageListing(data, scale, root.toString(), images);
        for (String path : ImageFiles.below(images)) {
            add(path, images, listing);
        }
        listing.expect("images", size, listing.size());
        if (persons == Persons.LEFT_OUT) {
            listing.holdOut(LabeledImage.SUBJECT);
        }
        return listing;
    }

    private void add(String path, Path images, ImageListing listing) {
        Matcher matcher = fileName.matcher(ImageFiles.fileName(path));
        if (!matcher.matches()) {
            listing.problem(
                    images.resolve(path).toString(),
                    "the file name does not follow " + name + ", " + fileName.pattern());
            return;
        }
        Map<String, String> attributes =
                persons == Persons.UNKNOWN ? Map.of() : Map.of(LabeledImage.SUBJECT, matcher.group("subject"));
        listing.add(images.resolve(path).toString(), path, Double.parseDouble(matcher.group("age")), attributes);
    }
}
