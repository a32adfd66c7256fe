package io.numclip.host.files;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.numclip.data.NumClipException;
import io.numclip.host.message.PlainText;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a table of a run; in a damaged one it names the line, and what was expected and found there. */
final class StoredTable {

    private StoredTable() {}

    /** @throws NumClipException if the file is no table, or the reader of its rows finds something else than it expects */
    static void read(Path file, Consumer<Row> reader) throws IOException {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(RegularFile.open(file))) {
            rows.forEach(row -> reader.accept(new Row(file, row)));
        } catch (CsvParseException broken) {
            String reason =
                    broken.getCause() == null ? "" : ": " + broken.getCause().getMessage();
            throw damaged(file + ": " + broken.getMessage() + reason, broken);
        }
    }

    private static NumClipException damaged(String what, @Nullable Throwable cause) {
        return new NumClipException(
                NumClipException.Kind.DATA, what, "restore the file as the run wrote it, or train again", cause);
    }

    /** One line, by the names in the first. */
    record Row(Path file, NamedCsvRecord cells) {

        List<String> columns() {
            return cells.getHeader();
        }

        boolean has(String column) {
            return columns().contains(column);
        }

        String text(String column) {
            if (!has(column)) {
                throw wrongHeader("a column " + column);
            }
            return text(columns().indexOf(column));
        }

        String text(int column) {
            if (cells.getFieldCount() != columns().size()) {
                throw wrong(columns().size() + " cells", String.valueOf(cells.getFieldCount()), null);
            }
            return cells.getField(column);
        }

        double number(String column) {
            return parsed(column, "a number", Double::valueOf);
        }

        int whole(String column) {
            return parsed(column, "a whole number", Integer::valueOf);
        }

        boolean truth(String column) {
            return parsed(column, "true or false", Row::truthOf);
        }

        private static Boolean truthOf(String text) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException(text);
            }
            return Boolean.valueOf(text);
        }

        private <T> T parsed(String column, String kind, Function<String, T> parser) {
            String text = text(column);
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException other) {
                throw wrong(kind + " in the column " + column, '"' + text + '"', other);
            }
        }

        NumClipException wrongHeader(String expected) {
            return damaged(
                    PlainText.printable(
                            file + ":1: expected " + expected + "; found the columns " + String.join(", ", columns())),
                    null);
        }

        private NumClipException wrong(String expected, String found, @Nullable Throwable cause) {
            return damaged(
                    PlainText.printable(
                            file + ":" + cells.getStartingLineNumber() + ": expected " + expected + "; found " + found),
                    cause);
        }
    }
}
