package io.numclip.dataset;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.numclip.data.NearestName;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.Limit;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the lists of a data set, row by row; rows that cannot be used become problems of the listing. */
public final class DataTable {

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final String OF_OWNER =
            "use the list as its owner publishes it; docs/data-sets.md names its columns";
    private static final Pattern LEADING = Pattern.compile("^\\s+");

    private DataTable() {}

    /** What to do with a row. */
    @FunctionalInterface
    public interface Reader {
        /** @throws BadRowException if the row cannot be used */
        void read(DataRow row) throws BadRowException;
    }

    /**
     * A table with a header row.
     *
     * @param separator between fields, such as a comma or a tab
     * @param required columns that the header must name
     * @throws NumClipException if the file is missing, or its header lacks a column
     */
    public static void withHeader(Path file, char separator, List<String> required, ImageListing listing, Reader reader)
            throws IOException {
        withHeader(file, separator, required, OF_OWNER, listing, reader);
    }

    /** @param fix for a header that lacks a column */
    static void withHeader(
            Path file, char separator, List<String> required, String fix, ImageListing listing, Reader reader)
            throws IOException {
        requireFile(file, listing);
        try (CsvReader<CsvRecord> records = csv(file, separator)) {
            Iterator<CsvRecord> rows = records.iterator();
            List<String> columns = rows.hasNext()
                    ? rows.next().getFields().stream().map(String::strip).toList()
                    : List.of();
            for (String column : required) {
                requireColumn(file, column, columns, fix);
            }
            while (rows.hasNext()) {
                CsvRecord row = rows.next();
                read(new DataRow(file + ":" + row.getStartingLineNumber(), columns, row.getFields()), listing, reader);
            }
        } catch (CsvParseException e) {
            throw new NumClipException(
                    Kind.DATA, file + ": " + reason(e), "download the list again from the data set's owner", e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Lines of fields separated by blanks or tabs, without a header; empty lines are skipped.
     *
     * @throws NumClipException if the file is missing
     */
    public static void withoutHeader(Path file, ImageListing listing, Reader reader) throws IOException {
        requireFile(file, listing);
        List<String> lines = RegularFile.text(file).lines().toList();
        for (int line = 0; line < lines.size(); line++) {
            String text = LEADING.matcher(lines.get(line)).replaceFirst("");
            if (!text.isEmpty()) {
                List<String> fields = List.of(BLANKS.split(text));
                read(new DataRow(file + ":" + (line + 1), List.of(), fields), listing, reader);
            }
        }
    }

    private static void read(DataRow row, ImageListing listing, Reader reader) {
        try {
            reader.read(row);
        } catch (BadRowException e) {
            listing.problem(row.place(), String.valueOf(e.getMessage()));
        }
    }

    /** Any list: its rows may have too few or too many fields, and a field is of a limited length. */
    static CsvReader<CsvRecord> csv(Path file, char separator) throws IOException {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .detectBomHeader(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(
                        CsvRecordHandler.of(row -> row.maxFieldSize(Limit.LIST_FIELD_BYTES.intValue())),
                        file,
                        StandardCharsets.UTF_8);
    }

    /** What is wrong with a list; a field that is too long by the name of its limit. */
    static String reason(CsvParseException failure) {
        String said = String.valueOf(failure.getMessage());
        int end = said.indexOf(" exceeds the max field size");
        return end < 0 ? said : Limit.LIST_FIELD_BYTES.exceededBy(said.substring(0, end) + " is too long");
    }

    private static void requireFile(Path file, ImageListing listing) {
        listing.requireInside(file);
        if (!RegularFile.exists(file)) {
            throw new NumClipException(
                    Kind.MISSING,
                    file + ": no such file",
                    "set task.data.root to the folder of the data set; docs/data-sets.md shows what it contains");
        }
    }

    private static void requireColumn(Path file, String column, List<String> columns, String fix) {
        if (!columns.contains(column)) {
            throw new NumClipException(
                    Kind.DATA,
                    file + ":1: no column '" + column + "'" + NearestName.question(column, columns) + " Columns found: "
                            + String.join(", ", columns) + ".",
                    fix);
        }
    }
}
