package io.numclip.host.files;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.numclip.storage.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A table for programs, written as a whole. */
public final class CsvFile {

    private CsvFile() {}

    /** @param rows writes the header and the rows */
    public static void write(Path file, Consumer<CsvWriter> rows) throws IOException {
        AtomicFile.writeText(
                file, text -> rows.accept(CsvWriter.builder().bufferSize(0).build(text)));
    }
}
