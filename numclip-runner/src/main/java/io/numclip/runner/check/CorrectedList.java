package io.numclip.runner.check;

import io.numclip.data.LabeledImage;
import io.numclip.host.check.ListCheck;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.Records;
import io.numclip.image.ImageFile;
import io.numclip.uncertainty.ExactNumber;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The whole list of a task as a table that {@code train} takes once its labels are mended: image, number, split where the task names
 * one, and all that it says besides.
 *
 * @param root the folder that image paths are relative to
 * @param rows one for each image, in their order; the number is the second cell
 */
record CorrectedList(Path root, List<String> columns, List<List<String>> rows) {

    static final int LABEL = 1;

    private static final String SPLIT = "split";

    /** Of a list or folder of a user; empty for images that are drawn, or laid out as a data set's owner does. */
    static Optional<CorrectedList> of(ExperimentConfig config, ListCheck found) throws IOException {
        if (!(Records.tree(config.task()).get("data") instanceof Map<?, ?> data)
                || !Set.of("csv", "folder").contains(text(data, "format"))) {
            return Optional.empty();
        }
        boolean isList = text(data, "format").equals("csv");
        Path file = Path.of(text(data, "file")).toAbsolutePath();
        Path root = text(data, "root").isEmpty()
                ? file.resolveSibling("")
                : Path.of(text(data, "root")).toAbsolutePath();
        boolean namesSplits = isList && namesSplits(file);
        List<String> columns = new ArrayList<>(List.of(text(data, "imageColumn"), text(data, "labelColumn")));
        columns.addAll(namesSplits ? List.of(SPLIT) : List.of());
        Set<String> further = new LinkedHashSet<>();
        found.images().forEach(each -> further.addAll(each.image().attributes().keySet()));
        found.images().forEach(each -> further.addAll(region(each.image()).keySet()));
        columns.addAll(further);
        List<List<String>> rows = found.images().stream()
                .map(each -> row(each, root.normalize(), columns))
                .toList();
        return Optional.of(new CorrectedList(root.normalize(), columns, rows));
    }

    private static String text(Map<?, ?> data, String key) {
        return String.valueOf(data.get(key));
    }

    private static List<String> row(ListCheck.Placed each, Path root, List<String> columns) {
        LabeledImage image = each.image();
        Path file = ((ImageFile) image.source()).path().toAbsolutePath().normalize();
        List<String> row = new ArrayList<>(List.of(
                root.relativize(file).toString().replace(File.separatorChar, '/'), ExactNumber.text(image.label())));
        Map<String, Integer> region = region(image);
        for (String column : columns.subList(row.size(), columns.size())) {
            Object cell = column.equals(SPLIT) ? each.split() : region.get(column);
            row.add(cell == null ? image.attributes().getOrDefault(column, "") : cell.toString());
        }
        return row;
    }

    private static Map<String, Integer> region(LabeledImage image) {
        return image.source() instanceof ImageFile file && file.region() != null
                ? file.region().fields()
                : Map.of();
    }

    private static boolean namesSplits(Path list) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(list)) {
            String header = lines.readLine();
            return header != null && List.of(header.split("[,;\\t\" ]+")).contains(SPLIT);
        }
    }
}
