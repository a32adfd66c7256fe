package io.numclip.dataset;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The rows of a table with a header row, read one by one; commas, semicolons or tabs separate its columns. Rows may have too
 * few or too many fields.
 */
public final class TableRows implements Iterator<DataRow>, AutoCloseable {

    private final Path file;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final List<String> columns;

    private TableRows(Path file, CsvReader<CsvRecord> reader) {
        this.file = file;
        this.reader = reader;
        this.records = reader.iterator();
        this.columns = hasNext()
                ? records.next().getFields().stream().map(String::strip).toList()
                : List.of();
    }

    /** @throws NumClipException if there is no such file, or it has no header, or two columns have one name */
    public static TableRows open(Path file) throws IOException {
        if (!RegularFile.exists(file)) {
            throw new NumClipException(Kind.MISSING, file + ": no such file", "check the path");
        }
        TableRows rows = new TableRows(file, DataTable.csv(file, CsvSeparator.of(file)));
        String problem = rows.columns.isEmpty() ? "no header row" : "a column name appears twice";
        if (new HashSet<>(rows.columns).size() < rows.columns.size() || rows.columns.isEmpty()) {
            rows.close();
            throw new NumClipException(
                    Kind.DATA, file + ": " + problem, "begin the list with the names of its columns, each once");
        }
        return rows;
    }

    /** Names of the columns. */
    public List<String> columns() {
        return columns;
    }

    @Override
    public boolean hasNext() {
        try {
            return records.hasNext();
        } catch (CsvParseException e) {
            throw new NumClipException(
                    Kind.DATA,
                    file + ": " + DataTable.reason(e),
                    "write the list as UTF-8, its columns separated by commas, semicolons or tabs",
                    e);
        }
    }

    /** @throws NumClipException if the row cannot be told from the next one, as with quotation marks that are not closed */
    @Override
    public DataRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        CsvRecord row = records.next();
        return new DataRow(file + ":" + row.getStartingLineNumber(), columns, row.getFields());
    }

    @Override
    public void close() throws IOException {
        try {
            reader.close();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
