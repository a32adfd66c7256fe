package io.numclip.pretraining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The mean losses of a pretraining in a CSV file, of which a broken-off one may have left the beginning. */
final class PretrainingLog {

    private static final String HEADER = "step,images,loss,seconds";

    private static final Pattern ROW = Pattern.compile("(\\d{1,9}),\\d+,[^,]+,(\\d+\\.\\d)");

    private final Path file;
    private double secondsBefore;

    private PretrainingLog(Path file) {
        this.file = file;
    }

    /** Creates the file if it is not there. */
    static PretrainingLog open(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, HEADER + "\n");
        }
        return new PretrainingLog(file);
    }

    /** Drops what was noted after a step, or was not written to its end. */
    void resume(int step) throws IOException {
        List<String> kept = new ArrayList<>(List.of(HEADER));
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && Integer.parseInt(row.group(1)) <= step) {
                kept.add(line);
                secondsBefore = Double.parseDouble(row.group(2));
            }
        }
        Files.write(file, kept);
    }

    /** @param seconds since this process has begun */
    void add(int step, long images, double loss, double seconds) {
        String row = String.format(Locale.ROOT, "%d,%d,%.4f,%.1f%n", step, images, loss, secondsBefore + seconds);
        try {
            Files.writeString(file, row, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
