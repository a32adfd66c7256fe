package io.numclip.host.label;

import io.numclip.host.files.CsvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What training takes: a list with the columns {@code image,value,labeller}, an image a row, whose value is the median of what people
 * said; and where images were compared, one with {@code image,other,more,labeller}, an answer a row, {@code more} being
 * {@code image}, {@code other} or {@code equal}. Images are relative to the lists, or, where these are not in a folder around the
 * images, to the folder of the images.
 */
public final class LabelLists {

    private static final String ENDING = ".pairs.csv";

    private final Path list;
    private final String prefix;

    /**
     * @param list with the numbers
     * @param folder of the images, relative to the list
     */
    public LabelLists(Path list, String folder) {
        this.list = list;
        this.prefix = folder.isEmpty() || isElsewhere(folder) ? "" : folder + "/";
    }

    /** The list of comparisons beside one of numbers. */
    public static Path pairsBeside(Path list) {
        String name = String.valueOf(list.getFileName());
        return list.resolveSibling(name.replaceFirst("(?i)\\.csv$", "") + ENDING);
    }

    /** A folder as seen from beside a list, with slashes; as a whole path where no other leads there. */
    public static String relative(Path list, Path folder) {
        Path from = list.toAbsolutePath().normalize().resolveSibling("");
        Path to = folder.toAbsolutePath().normalize();
        boolean together = Objects.equals(from.getRoot(), to.getRoot());
        String separator = to.getFileSystem().getSeparator();
        return (together ? from.relativize(to) : to).toString().replace(separator, "/");
    }

    /** Whether readers of a list have to be told the folder of the images, which is not below that of the list. */
    public static boolean needsRoot(Path list, Path folder) {
        return isElsewhere(relative(list, folder));
    }

    private static boolean isElsewhere(String relative) {
        Path path = Path.of(relative);
        return path.isAbsolute() || path.startsWith("..");
    }

    /** Both lists of what is in a file of answers; that of comparisons only if there are some, or were. */
    public static void write(Path list, Path folder, AnswerFile file) throws IOException {
        new LabelLists(list, relative(list, folder)).write(Answers.of(file.answers()));
    }

    void write(Answers answers) throws IOException {
        CsvFile.write(list, csv -> {
            csv.writeRecord("image", "value", "labeller");
            Map<String, Map<String, Answer>> said = answers.ofImages();
            answers.numbers()
                    .forEach((image, value) -> csv.writeRecord(
                            prefix + image, plain(value), Answers.people(said.getOrDefault(image, Map.of()))));
        });
        List<Answer> pairs = answers.comparisons();
        Path beside = pairsBeside(list);
        if (!pairs.isEmpty() || Files.exists(beside)) {
            CsvFile.write(beside, csv -> {
                csv.writeRecord("image", "other", "more", "labeller");
                pairs.stream()
                        .filter(Answer::isSaid)
                        .forEach(answer -> csv.writeRecord(
                                prefix + answer.image(),
                                prefix + answer.other(),
                                answer.said().word(),
                                answer.by()));
            });
        }
    }

    private static String plain(double value) {
        String text = String.valueOf(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
