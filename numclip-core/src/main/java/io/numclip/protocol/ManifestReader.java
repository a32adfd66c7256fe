package io.numclip.protocol;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the text of a manifest, and rejects one that was changed since it was written. */
final class ManifestReader {

    private static final String FIX = "restore the file as it was written, or write a new one with 'numclip split'";
    private static final String FOLD = "fold ";

    private final Path file;
    private final List<String> header = new ArrayList<>();
    private final List<String> body = new ArrayList<>();
    private String hash = "";

    private ManifestReader(Path file) {
        this.file = file;
    }

    static SplitManifest read(Path file) throws IOException {
        if (!RegularFile.exists(file)) {
            throw new NumClipException(
                    Kind.MISSING,
                    file + ": there is no such manifest",
                    "set protocol.manifest to a file written by 'numclip split'");
        }
        ManifestReader reader = new ManifestReader(file);
        reader.sort(RegularFile.text(file).lines().toList());
        return reader.manifest();
    }

    private void sort(List<String> lines) {
        if (lines.isEmpty() || !lines.get(0).equals(ManifestFile.TITLE)) {
            throw refuse(1, "expected '" + ManifestFile.TITLE + "'; this is not a manifest");
        }
        for (String line : lines) {
            if (!body.isEmpty() || !line.startsWith("#")) {
                body.add(line);
            } else if (line.startsWith(ManifestFile.SHA256)) {
                hash = line.substring(ManifestFile.SHA256.length());
            } else {
                header.add(line);
            }
        }
    }

    private SplitManifest manifest() throws IOException {
        Map<String, String> settings = settings();
        requireFormat(settings.getOrDefault("format", "none"));
        requireUnchangedRows();
        SplitManifest manifest =
                new SplitManifest(settings.getOrDefault("task", ""), splitter(settings), folds(settings), rows());
        requireCounts(manifest);
        if (!ManifestFile.hash(header, body).equals(hash)) {
            throw refuse(header.size() + 1, "this is not the SHA-256 of the other lines; the header was changed");
        }
        return manifest;
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String line : header) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                settings.put(line.substring(2, colon), line.substring(colon + 2));
            }
        }
        return settings;
    }

    private void requireFormat(String format) {
        if (!format.equals(ManifestFile.FORMAT)) {
            throw refuse(2, "format " + format + "; this NumCLIP reads format " + ManifestFile.FORMAT);
        }
    }

    /** The checksum of each row depends on the row and all rows before it. */
    private void requireUnchangedRows() {
        String check = "";
        for (int row = 1; row < body.size(); row++) {
            String line = body.get(row);
            int comma = line.lastIndexOf(',');
            check = ManifestFile.check(check, line.substring(0, Math.max(comma, 0)));
            if (!line.substring(comma + 1).equals(check)) {
                throw refuse(
                        line(row),
                        "changed since the manifest was written: its check is " + line.substring(comma + 1)
                                + "; expected " + check);
            }
        }
    }

    /** Compares the rows with the counts of the header: a checksum cannot reveal rows that are missing at the end. */
    private void requireCounts(SplitManifest manifest) {
        String counted = "# images: " + manifest.rows().size();
        if (!header.contains(counted)) {
            throw refuse(
                    line(body.size()),
                    "the manifest ends after " + manifest.rows().size() + " images; its header has a different number");
        }
        List<String> expected = ManifestFile.header(manifest);
        for (int i = 0; i < Math.max(header.size(), expected.size()); i++) {
            if (i >= header.size() || i >= expected.size() || !header.get(i).equals(expected.get(i))) {
                throw refuse(i + 1, "expected " + (i < expected.size() ? "'" + expected.get(i) + "'" : "no line here"));
            }
        }
    }

    private Splitter splitter(Map<String, String> settings) {
        for (Splitter.Rule rule : Splitter.Rule.values()) {
            if (rule.toString().equals(settings.get("rule"))) {
                return new Splitter(rule, settings.getOrDefault("group", ""), seed(settings));
            }
        }
        throw refuse(1, "the header has no known rule");
    }

    private long seed(Map<String, String> settings) {
        try {
            return Long.parseLong(settings.getOrDefault("seed", ""));
        } catch (NumberFormatException none) {
            throw refuse(1, "the header has no seed");
        }
    }

    private static List<String> folds(Map<String, String> settings) {
        return settings.keySet().stream()
                .filter(key -> key.startsWith(FOLD))
                .map(key -> key.substring(FOLD.length()))
                .toList();
    }

    private List<SplitManifest.Row> rows() throws IOException {
        List<SplitManifest.Row> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(new StringReader(String.join("\n", body)))) {
            for (CsvRecord cells : csv) {
                if (cells.getStartingLineNumber() > 1) {
                    rows.add(row(cells));
                }
            }
        }
        return rows;
    }

    private SplitManifest.Row row(CsvRecord cells) {
        try {
            return new SplitManifest.Row(
                    cells.getField(0), Double.parseDouble(cells.getField(1)), cells.getField(2), cells.getField(3));
        } catch (NumberFormatException | IndexOutOfBoundsException broken) {
            throw refuse(line((int) cells.getStartingLineNumber() - 1), "expected image, value, part, sha256, check");
        }
    }

    /** @param row index in the body, whose first line has the column names */
    private int line(int row) {
        return header.size() + 2 + row;
    }

    private NumClipException refuse(int line, String what) {
        return new NumClipException(Kind.DATA, file + ":" + line + ": " + what, FIX);
    }
}
