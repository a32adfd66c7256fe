package io.numclip.tasks.age;

import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Split;
import io.numclip.dataset.BadRowException;
import io.numclip.dataset.DataRow;
import io.numclip.dataset.DataTable;
import io.numclip.dataset.ImageFiles;
import io.numclip.dataset.ImageListing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads MORPH's lists: lines {@code path label [label …]}, or comma separated with the columns filename and age. Of
 * several labels the middle one is the image's; training draws one of all. The folder in a path is that of the list's author, so only the file name is
 * used.
 */
final class MorphLists {

    /** Published lists that should share no persons still share a few: 421 of 55 134 images. */
    static final double FEW_CROSSING = 0.02;

    private static final Pattern FOLD = Pattern.compile("(?i).*fold_?(\\d+)_(train|test)\\.(txt|csv)");
    private static final Pattern PERSON = Pattern.compile("(?i)(\\d+)_\\d+[MF]\\d+\\.jpe?g");
    private static final String LIST = "list";

    private final Path lists;
    private final ImageListing listing;
    private final Map<String, Set<String>> listsOfPerson = new HashMap<>();
    private final Map<String, Integer> imagesOfPerson = new HashMap<>();

    MorphLists(Path lists, ImageListing listing) {
        this.lists = lists;
        this.listing = listing;
    }

    /** Lists {@code …foldN_train} and {@code …foldN_test}. */
    void readPairs(List<String> folders) throws IOException {
        for (Path list : listsIn(folders, name -> FOLD.matcher(name).matches())) {
            Matcher name = FOLD.matcher(list.getFileName().toString());
            if (name.matches()) {
                Split split = name.group(2).equalsIgnoreCase("train") ? Split.TRAIN : Split.TEST;
                String fold = name.group(1);
                read(list, (place, image, age, attributes) -> listing.add(place, image, age, attributes, fold, split));
            }
        }
    }

    /** The lists S1, S2 and S3 of setting B: folds S1 and S2 are named by what they train on. */
    void readThree(List<String> folders) throws IOException {
        for (Path list : listsIn(folders, name -> name.matches("(?i).*S[123]\\.(txt|csv)"))) {
            String part = list.getFileName().toString().replaceAll("(?i).*(S[123])\\.(txt|csv)", "$1");
            read(list, (place, image, age, attributes) -> {
                for (String fold : List.of("S1", "S2")) {
                    Split split = fold.equalsIgnoreCase(part) ? Split.TRAIN : Split.TEST;
                    listing.add(place, image, age, attributes, fold, split);
                }
            });
        }
    }

    /** One pair of lists; the second is the test. */
    void readPair() throws IOException {
        read(
                lists.resolve("ET_proto_train.txt"),
                (place, image, age, attributes) -> listing.add(place, image, age, attributes, Split.TRAIN));
        read(
                lists.resolve("ET_proto_val.txt"),
                (place, image, age, attributes) -> listing.add(place, image, age, attributes, Split.TEST));
    }

    /**
     * Lists each of which is the test of one fold.
     *
     * @return share of the images whose person is also in another list
     */
    double readFolds(boolean exclusive) throws IOException {
        List<String> folders = exclusive ? List.of("SE", "settingD") : List.of("RS", "settingC");
        for (Path list : listsIn(folders, name -> name.matches("(?i).*\\d\\.(txt|csv)"))) {
            String fold = list.getFileName().toString().replaceAll(".*?(\\d+)\\.\\w+$", "$1");
            read(list, (place, image, age, attributes) -> {
                Map<String, String> all = new HashMap<>(attributes);
                all.put(LIST, fold);
                listing.add(place, image, age, all);
                String person = attributes.getOrDefault(LabeledImage.SUBJECT, image);
                listsOfPerson.computeIfAbsent(person, key -> new HashSet<>()).add(fold);
                imagesOfPerson.merge(person, 1, Integer::sum);
            });
        }
        listing.holdOut(LIST);
        int crossing = listsOfPerson.entrySet().stream()
                .filter(person -> person.getValue().size() > 1)
                .mapToInt(person -> imagesOfPerson.getOrDefault(person.getKey(), 0))
                .sum();
        return crossing / (double) Math.max(1, listing.size());
    }

    private interface Adding {
        void add(String place, String image, double age, Map<String, String> attributes);
    }

    private void read(Path list, Adding adding) throws IOException {
        if (Files.isRegularFile(list) && firstLine(list).contains(",")) {
            DataTable.withHeader(
                    list,
                    ',',
                    List.of("filename", "age"),
                    listing,
                    row -> add(row.place(), row.text("filename"), row.number("age"), "", adding));
        } else {
            DataTable.withoutHeader(
                    list, listing, row -> add(row.place(), row.text(0), middleLabel(row), allLabels(row), adding));
        }
    }

    /** @param labels empty if there is only one */
    private static void add(String place, String path, double age, String labels, Adding adding) {
        String image = ImageFiles.fileName(path);
        Map<String, String> attributes = new HashMap<>();
        Matcher person = PERSON.matcher(image);
        if (person.matches()) {
            attributes.put(LabeledImage.SUBJECT, person.group(1));
        }
        if (!labels.isEmpty()) {
            attributes.put(LabeledImage.ALL_LABELS, labels);
        }
        adding.add(place, image, age, attributes);
    }

    private static String allLabels(DataRow row) throws BadRowException {
        for (int i = 1; i < row.fields().size(); i++) {
            row.number(i);
        }
        return row.fields().size() > 2
                ? String.join(" ", row.fields().subList(1, row.fields().size()))
                : "";
    }

    private static double middleLabel(DataRow row) throws BadRowException {
        int labels = row.fields().size() - 1;
        return row.number(1 + labels / 2);
    }

    private static String firstLine(Path list) throws IOException {
        try (Stream<String> lines = Files.lines(list, StandardCharsets.UTF_8)) {
            return lines.findFirst().orElse("");
        }
    }

    private List<Path> listsIn(List<String> folders, Predicate<String> isList) throws IOException {
        Path folder = ImageFiles.first(lists, folders);
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(
                            file -> isList.test(file.getFileName().toString()))
                    .sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        throw new NumClipException(
                Kind.MISSING,
                lists + ": none of the folders " + String.join(", ", folders) + " has lists of this setting",
                "set task.data.file to the folder that holds the folders of lists; docs/data-sets.md names the lists");
    }
}
