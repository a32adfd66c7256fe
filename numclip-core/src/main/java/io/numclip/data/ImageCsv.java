package io.numclip.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/** Reads a list of images with a header row: image, number, and further columns. */
final class ImageCsv {

    private static final String FIX = "correct these lines of the list";
    private static final String FIX_EMPTY_SPLIT =
            "raise task.data.validation or task.data.test, or mark images with train, validation or test in a column split";

    private final TaskData data;
    private final LabelScale scale;
    private final Path file;
    private final Path root;

    ImageCsv(TaskData data, LabelScale scale) {
        if (data.file().isBlank()) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "task.data.file is empty; format csv needs a list",
                    "set task.data.file=LIST.csv");
        }
        this.data = data;
        this.scale = scale;
        this.file = Path.of(data.file());
        Path folder = data.root().isBlank() ? file.toAbsolutePath().resolveSibling("") : Path.of(data.root());
        this.root = folder.toAbsolutePath().normalize();
    }

    ImageListing read() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NumClipException(
                    Kind.MISSING, file + ": no such file", "set task.data.file to the list of images");
        }
        ImageListing listing = new ImageListing(file.toString(), FIX_EMPTY_SPLIT);
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .detectBomHeader(true)
                .fieldSeparator(CsvSeparator.of(file))
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(file, StandardCharsets.UTF_8)) {
            readRows(reader.iterator(), listing);
        } catch (CsvParseException e) {
            throw new NumClipException(
                    Kind.DATA,
                    file + ": " + e.getMessage(),
                    "write the list as UTF-8, its columns separated by commas, semicolons or tabs",
                    e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        listing.requireFiles(root);
        return listing;
    }

    private void readRows(Iterator<CsvRecord> records, ImageListing listing) {
        if (!records.hasNext()) {
            throw new NumClipException(
                    Kind.DATA, file + ": no header row", "begin the list with the names of its columns");
        }
        CsvColumns columns = CsvColumns.of(file, records.next(), data);
        SplitShares shares = new SplitShares(data.seed(), data.validation(), data.test());
        DataProblems problems = new DataProblems();
        while (records.hasNext()) {
            CsvRecord row = records.next();
            try {
                add(columns, row, shares, listing, problems);
            } catch (BadRowException e) {
                problems.add(place(row) + ": " + e.getMessage());
            }
        }
        problems.throwIfAny(Kind.DATA, "lines of " + file + " cannot be used", FIX);
    }

    private void add(CsvColumns columns, CsvRecord row, SplitShares shares, ImageListing listing, DataProblems problems)
            throws BadRowException {
        columns.requireAllFields(row);
        Path image = columns.image(row, root);
        double label = columns.label(row, scale);
        String key = root.relativize(image).toString().replace('\\', '/');
        Split split = columns.split(row).orElseGet(() -> shares.split(key));
        LabeledImage labeled =
                new LabeledImage(columns.imageCell(row), new ImageFile(image), label, columns.attributes(row));
        listing.add(place(row), image, split, labeled, problems);
    }

    private String place(CsvRecord row) {
        return file + ":" + row.getStartingLineNumber();
    }
}
