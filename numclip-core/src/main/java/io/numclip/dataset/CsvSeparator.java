package io.numclip.dataset;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;

/** What separates the columns of a list: whichever of comma, semicolon and tab gives the header the most fields. */
final class CsvSeparator {

    private static final char[] KNOWN = {',', ';', '\t'};

    private CsvSeparator() {}

    /** A comma where the header contains none of them. */
    static char of(Path file) throws IOException {
        char best = KNOWN[0];
        int most = 1;
        for (char separator : KNOWN) {
            int fields = fieldsOfHeader(file, separator);
            if (fields > most) {
                most = fields;
                best = separator;
            }
        }
        return best;
    }

    private static int fieldsOfHeader(Path file, char separator) throws IOException {
        try (CsvReader<CsvRecord> reader = DataTable.csv(file, separator)) {
            Iterator<CsvRecord> records = reader.iterator();
            return records.hasNext() ? records.next().getFieldCount() : 0;
        } catch (CsvParseException badQuotes) {
            return 0; // another separator may read them; if none does, reading the list says what is wrong
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }
}
