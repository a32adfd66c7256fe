package io.numclip.runner.inputs;

import io.numclip.data.NearestName;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Region;
import io.numclip.dataset.DataRow;
import io.numclip.dataset.TableRows;
import io.numclip.host.files.PredictionRow;
import io.numclip.host.message.PlainText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The images of a list with a header row; the other columns are kept. */
final class TableImages implements Iterator<InputImage>, AutoCloseable {

    private final TableRows rows;
    private final ListRoot root;
    private final int image;
    private final boolean ours;

    TableImages(Path file, ListOptions options) throws IOException {
        this.rows = TableRows.open(file);
        this.root = ListRoot.of(options.root(), file);
        this.image = rows.columns().indexOf(column(file, rows.columns(), options.column()));
        requireWholeRegions(file, rows.columns());
        this.ours = rows.columns().contains(PredictionRow.ERROR)
                && rows.columns().stream().anyMatch(name -> name.endsWith("digest"));
    }

    private static String column(Path file, List<String> columns, @Nullable String asked) {
        List<String> names = asked == null ? ListOptions.COLUMNS : List.of(asked);
        return names.stream()
                .filter(columns::contains)
                .findFirst()
                .orElseThrow(() -> new NumClipException(
                        Kind.DATA,
                        file + ": no column " + String.join(" or ", names) + NearestName.question(names.get(0), columns)
                                + " Columns found: " + String.join(", ", columns) + ".",
                        "name the column that has the images with --column"));
    }

    private static void requireWholeRegions(Path file, List<String> columns) {
        try {
            Region.isIn(columns);
        } catch (IllegalArgumentException e) {
            throw new NumClipException(
                    Kind.DATA, file + ":1: " + e.getMessage(), "complete or rename the columns of the regions", e);
        }
    }

    List<String> kept() {
        return rows.columns().stream()
                .filter(name -> rows.columns().indexOf(name) != image)
                .toList();
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public InputImage next() {
        DataRow row = rows.next();
        Map<String, Object> columns = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(row.fields().size(), rows.columns().size()); i++) {
            if (i != image) {
                columns.put(rows.columns().get(i), row.fields().get(i));
            }
        }
        String cell = image < row.fields().size() ? row.fields().get(image) : "";
        if (row.fields().size() != rows.columns().size()) {
            String problem = row.fields().size() + " fields, the header has "
                    + rows.columns().size();
            return cell.isBlank()
                    ? InputImage.unusable(row.place(), columns, problem)
                    : InputImage.unusable(cell, columns, row.place() + ": " + problem);
        }
        return cell.isBlank()
                ? InputImage.unusable(row.place(), columns, "no name of an image")
                : image(cell, columns).cut(row.place());
    }

    /** Undoes what was done to names for spreadsheets and terminals in a list that we wrote, perhaps in an earlier version. */
    private InputImage image(String cell, Map<String, Object> columns) {
        String name = PlainText.ofCell(cell);
        InputImage first = root.image(ours ? name : cell, columns);
        return name.equals(cell) || Files.exists(first.file()) ? first : root.image(ours ? cell : name, columns);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
