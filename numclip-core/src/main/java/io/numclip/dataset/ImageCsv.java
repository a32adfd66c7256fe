package io.numclip.dataset;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Region;
import io.numclip.data.Split;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;

/** Reads a list of images with a header row: image, number, and further columns. */
final class ImageCsv {

    private static final ImageListing.Wording WORDING = new ImageListing.Wording(
            "lines",
            false,
            "correct these lines of the list",
            "raise task.data.validation or task.data.test, or give the list a column split with train, validation or test",
            "add a line for each image below the names of the columns");

    private final TaskData data;
    private final LabelScale scale;
    private final Path file;
    private final Path root;

    ImageCsv(TaskData data, LabelScale scale) {
        if (data.file().isBlank()) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "task.data.file is empty; format " + data.format() + " needs a list",
                    "set task.data.file=LIST.csv");
        }
        this.data = data;
        this.scale = scale;
        this.file = Path.of(data.file());
        Path folder = data.root().isBlank() ? file.toAbsolutePath().resolveSibling("") : Path.of(data.root());
        this.root = folder.toAbsolutePath().normalize();
    }

    ImageListing read() throws IOException {
        if (!RegularFile.exists(file)) {
            throw new NumClipException(
                    Kind.MISSING, file + ": no such file", "set task.data.file to the list of images");
        }
        ImageListing listing = new ImageListing(data, scale, file.toString(), root, WORDING);
        try (CsvReader<CsvRecord> reader = DataTable.csv(file, CsvSeparator.of(file))) {
            readRows(reader.iterator(), listing);
        } catch (CsvParseException e) {
            throw new NumClipException(
                    Kind.DATA,
                    file + ": " + DataTable.reason(e),
                    "write the list as UTF-8, its columns separated by commas, semicolons or tabs",
                    e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return listing;
    }

    private void readRows(Iterator<CsvRecord> records, ImageListing listing) {
        if (!records.hasNext()) {
            throw new NumClipException(
                    Kind.DATA, file + ": no header row", "begin the list with the names of its columns");
        }
        CsvColumns columns = CsvColumns.of(file, records.next(), data);
        while (records.hasNext()) {
            CsvRecord row = records.next();
            try {
                add(columns, row, listing);
            } catch (BadRowException e) {
                listing.problem(place(row), String.valueOf(e.getMessage()));
            }
        }
    }

    private void add(CsvColumns columns, CsvRecord row, ImageListing listing) throws BadRowException {
        columns.requireAllFields(row);
        String image = columns.image(row);
        double label = columns.label(row, scale);
        Optional<Split> split = columns.split(row);
        Optional<Region> region = Optional.empty();
        try {
            region = columns.region(row);
        } catch (IllegalArgumentException e) {
            listing.problemOfRegion(place(row), String.valueOf(e.getMessage()));
            return;
        }
        if (region.isPresent()) {
            listing.add(place(row), image, region.get(), label, columns.attributes(row), split.orElse(null));
        } else if (split.isPresent()) {
            listing.add(place(row), image, label, columns.attributes(row), split.get());
        } else {
            listing.add(place(row), image, label, columns.attributes(row));
        }
    }

    private String place(CsvRecord row) {
        return file + ":" + row.getStartingLineNumber();
    }
}
