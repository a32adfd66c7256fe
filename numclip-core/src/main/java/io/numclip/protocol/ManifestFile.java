package io.numclip.protocol;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.numclip.data.NumClipException;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.OneLine;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link SplitManifest} as text: header lines {@code # key: value}, a row of column names, and a row for each image.
 * The header has the number of images and the SHA-256 of all other lines; the last cell of a row is a checksum of this
 * row and all rows before it, so that the first changed line can be named.
 */
public final class ManifestFile {

    static final String TITLE = "# numclip split manifest";
    static final String SHA256 = "# sha256: ";
    static final String FORMAT = "1";

    private static final int CHECK_LETTERS = 12;

    private ManifestFile() {}

    /** @throws NumClipException if the file exists, or a name in it has a line break */
    public static void write(Path file, SplitManifest manifest) throws IOException {
        List<String> lines = new ArrayList<>(header(manifest));
        List<String> body = new ArrayList<>();
        body.add(csv(List.of("image", "value", manifest.folds().isEmpty() ? "split" : "fold", "sha256", "check")));
        String check = "";
        for (SplitManifest.Row row : manifest.rows()) {
            String line = csv(List.of(
                    OneLine.of("image", row.image()),
                    String.valueOf(row.value()),
                    OneLine.of("fold", row.part()),
                    row.hash()));
            check = check(check, line);
            body.add(line + "," + check);
        }
        String hash = hash(lines, body);
        lines.add(SHA256 + hash);
        lines.addAll(body);
        try {
            AtomicFile.writeNew(file, String.join("\n", lines) + "\n");
        } catch (FileAlreadyExistsException exists) {
            throw new NumClipException(
                    NumClipException.Kind.OUTPUT,
                    file + " already exists, and results may depend on it",
                    "name another file with --out",
                    exists);
        }
    }

    /**
     * @throws NumClipException if it is missing, has another format, or was changed; the message names the first
     *     changed line
     */
    public static SplitManifest read(Path file) throws IOException {
        return ManifestReader.read(file);
    }

    /** Number of the first line with an image, counted from 1. */
    static int firstRow(SplitManifest manifest) {
        return header(manifest).size() + 3; // after the hash and the column names
    }

    /** The header lines of a manifest, except the hash. */
    static List<String> header(SplitManifest manifest) {
        List<String> lines = new ArrayList<>(List.of(TITLE, "# format: " + FORMAT, "# task: " + manifest.task()));
        lines.add("# rule: " + manifest.splitter().rule());
        lines.add("# group: " + OneLine.of("attribute", manifest.splitter().group()));
        lines.add("# seed: " + manifest.splitter().seed());
        lines.add("# images: " + manifest.rows().size());
        String part = manifest.folds().isEmpty() ? "# " : "# fold ";
        manifest.counts().forEach((name, count) -> lines.add(part + name + ": " + count));
        return lines;
    }

    /** The checksum of a row, from the row without its checksum and the checksum of the row before. */
    static String check(String before, String line) {
        return Contents.hash(before + "\n" + line).substring(0, CHECK_LETTERS);
    }

    /** SHA-256 of all lines except the hash itself. */
    static String hash(List<String> header, List<String> body) {
        return Contents.hash(String.join("\n", header) + "\n" + String.join("\n", body));
    }

    private static String csv(List<String> cells) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            csv.writeRecord(cells);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a line in memory could not be written", impossible);
        }
        return text.toString().stripTrailing();
    }
}
