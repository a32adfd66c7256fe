package io.numclip.runner.compare;

import io.numclip.host.compare.CellResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What in a table is not alike besides the methods, in words. */
final class UnlikeRows {

    private UnlikeRows() {}

    /** @param rows of one table */
    static List<String> warnings(List<MethodRow> rows) {
        List<MethodRow> stepping =
                rows.stream().filter(row -> row.any().steps() > 0).toList();
        List<String> warnings = new ArrayList<>();
        warn("image tower", stepping, UnlikeRows::tower, warnings);
        warn("precision", rows, row -> row.config().backbone().precision().toString(), warnings);
        warn("training steps", stepping, row -> Math.round(row.mean(CellResult::steps)) + "", warnings);
        warn("batch size", stepping, row -> row.config().training().batchSize() + "", warnings);
        int most = rows.stream().mapToInt(row -> row.cells().size()).max().orElse(0);
        rows.stream()
                .filter(row -> row.cells().size() < most)
                .forEach(row -> warnings.add("not alike: " + row.title() + " has "
                        + row.cells().size() + " of " + most + " runs; the others failed or are missing"));
        return warnings;
    }

    static String tower(MethodRow row) {
        return row.config().training().isImageTowerFrozen() ? "frozen" : "trained";
    }

    private static void warn(
            String what, List<MethodRow> rows, Function<MethodRow, String> property, List<String> warnings) {
        Map<String, List<String>> titles = new LinkedHashMap<>();
        rows.forEach(row -> titles.computeIfAbsent(property.apply(row), value -> new ArrayList<>())
                .add(row.title()));
        if (titles.size() > 1) {
            List<String> groups = titles.entrySet().stream()
                    .map(group -> group.getKey() + " (" + String.join(", ", group.getValue()) + ")")
                    .toList();
            warnings.add("not alike: " + what + ": " + String.join("; ", groups));
        }
    }
}
