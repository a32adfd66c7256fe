package io.numclip.host.run;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.Decision;
import io.numclip.data.Familiarity;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.RegularFile;
import io.numclip.uncertainty.ExactNumber;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The predictions of a run as CSV. Columns: {@code file}, {@code value}, {@code label}, {@code group}; the probability of each
 * concept; for a calibrated model then {@code lower}, {@code upper},
 * {@code set}, P(y ≥ k) for the lower edge k of each bin except the first, {@code abstained} and {@code outOfRange}, and each
 * decision;
 * where strange images are told {@code familiarity} and {@code strange}.
 */
public final class PredictionsFile {

    private static final String FILE = "file";
    private static final String VALUE = "value";
    private static final String LABEL = "label";
    private static final String LOWER = "lower";
    private static final String UPPER = "upper";
    private static final String SET = "set";

    private final CsvWriter csv;
    private final List<String> concepts;
    private final @Nullable List<Double> thresholds;
    private final List<String> cuts;
    private final boolean familiarity;

    private PredictionsFile(Writer out, Prediction any) {
        this.csv = CsvWriter.builder().bufferSize(0).build(out);
        this.concepts = any.concepts().stream().map(Prediction.Concept::concept).toList();
        this.thresholds = thresholds(any);
        this.cuts = any.decisions().stream().map(Decision::cut).toList();
        this.familiarity = any.familiarity() != null;
        csv.writeRecord(header());
    }

    /**
     * Writes a whole file for images with known labels, at least one.
     *
     * @param group attribute that says which images belong together
     */
    public static void write(Path path, LabeledPredictions predictions, String group) throws IOException {
        Prediction any = predictions.predictions().get(0);
        AtomicFile.writeText(path, out -> {
            PredictionsFile file = new PredictionsFile(out, any);
            for (int n = 0; n < predictions.size(); n++) {
                LabeledImage image = predictions.images().get(n);
                file.row(
                        image.name(),
                        List.of(String.valueOf(image.label()), PlainText.cell(ImageClusters.group(image, group))),
                        predictions.predictions().get(n));
            }
        });
    }

    /** As {@link #read(Path, Bins, double)}, without uncertainty. */
    public static LabeledPredictions read(Path path, Bins bins) throws IOException {
        return read(path, bins, 0);
    }

    /**
     * Reads a file for images with known labels.
     *
     * @param bins of the model
     * @param coverage that the intervals promise; 0: uncertainty is left out
     * @return values and probabilities, with the attribute {@link NamedImage#GROUP} where the file has the group
     * @throws NumClipException if the file is not as {@link #write(Path, LabeledPredictions, String)} writes it
     */
    public static LabeledPredictions read(Path path, Bins bins, double coverage) throws IOException {
        List<LabeledImage> images = new ArrayList<>();
        List<Prediction> predictions = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(RegularFile.open(path))) {
            for (NamedCsvRecord row : rows) {
                images.add(NamedImage.labeled(
                        PlainText.ofCell(row.getField(FILE)),
                        number(row, LABEL),
                        PlainText.ofCell(row.findField(NamedImage.GROUP).orElse(""))));
                predictions.add(prediction(row, bins, coverage));
            }
        } catch (CsvParseException | IllegalArgumentException | NoSuchElementException broken) {
            throw new NumClipException(
                    NumClipException.Kind.DATA,
                    path + ": " + broken.getMessage(),
                    "restore the file as the run wrote it, or train again",
                    broken);
        }
        return new LabeledPredictions(images, predictions);
    }

    private static Prediction prediction(NamedCsvRecord row, Bins bins, double coverage) {
        List<Prediction.Concept> concepts = bins.concepts().stream()
                .map(concept -> new Prediction.Concept(concept, number(row, column(row, concept))))
                .toList();
        boolean known = coverage > 0 && !row.findField(LOWER).orElse("").isEmpty();
        return known
                ? new Prediction(number(row, VALUE), concepts, uncertainty(row, bins, coverage))
                : new Prediction(number(row, VALUE), concepts);
    }

    /** Its name as a cell; an earlier version wrote some names in another way. */
    private static String column(NamedCsvRecord row, String concept) {
        String column = PlainText.cell(concept);
        return row.getHeader().contains(column)
                ? column
                : row.getHeader().stream()
                        .filter(name -> PlainText.ofCell(name).equals(concept))
                        .findFirst()
                        .orElse(column);
    }

    private static Uncertainty uncertainty(NamedCsvRecord row, Bins bins, double coverage) {
        return new Uncertainty(
                coverage,
                new Uncertainty.Interval(number(row, LOWER), number(row, UPPER)),
                List.of(PlainText.ofCell(row.getField(SET)).split("\\|")),
                bins.list().stream()
                        .skip(1)
                        .map(Bin::lower)
                        .map(edge -> new Uncertainty.AtLeast(edge, atLeast(row, edge)))
                        .toList(),
                Boolean.parseBoolean(row.getField("abstained")),
                Boolean.parseBoolean(row.getField("outOfRange")));
    }

    private static String atLeast(double threshold) {
        return "atLeast" + ExactNumber.text(threshold);
    }

    /** With two decimals in files of version 1.0.0. */
    private static double atLeast(NamedCsvRecord row, double threshold) {
        String rounded = String.format(Locale.ROOT, "atLeast%.2f", threshold);
        return number(row, row.findField(atLeast(threshold)).isPresent() ? atLeast(threshold) : rounded);
    }

    private static double number(NamedCsvRecord row, String column) {
        return Double.parseDouble(row.getField(column));
    }

    private List<String> header() {
        List<String> header = new ArrayList<>(List.of(FILE, VALUE, LABEL, NamedImage.GROUP));
        concepts.forEach(concept -> header.add(PlainText.cell(concept)));
        if (thresholds != null) {
            header.addAll(List.of(LOWER, UPPER, SET));
            thresholds.forEach(threshold -> header.add(atLeast(threshold)));
            header.addAll(List.of("abstained", "outOfRange"));
            cuts.forEach(cut -> header.add(PredictionRow.column(cut)));
        }
        if (familiarity) {
            header.addAll(List.of("familiarity", "strange"));
        }
        return header;
    }

    /** @param truth label and group */
    private void row(String file, List<String> truth, Prediction prediction) {
        List<String> row = new ArrayList<>(List.of(PlainText.cell(file)));
        row.add(String.valueOf(prediction.value()));
        row.addAll(truth);
        prediction.concepts().forEach(concept -> row.add(String.valueOf(concept.probability())));
        if (thresholds != null) {
            row.addAll(uncertainty(prediction.uncertainty(), thresholds.size() + cuts.size()));
        }
        if (familiarity) {
            Familiarity known = prediction.familiarity();
            row.add(known == null ? "" : String.valueOf(known.chance()));
            row.add(known == null ? "" : String.valueOf(known.strange()));
        }
        csv.writeRecord(row);
    }

    private static List<String> uncertainty(@Nullable Uncertainty uncertainty, int more) {
        if (uncertainty == null) {
            return Collections.nCopies(more + 5, "");
        }
        List<String> cells = new ArrayList<>();
        cells.add(String.valueOf(uncertainty.interval().lower()));
        cells.add(String.valueOf(uncertainty.interval().upper()));
        cells.add(PlainText.cell(String.join("|", uncertainty.concepts())));
        uncertainty.atLeast().forEach(atLeast -> cells.add(String.valueOf(atLeast.probability())));
        cells.add(String.valueOf(uncertainty.abstained()));
        cells.add(String.valueOf(uncertainty.outOfRange()));
        uncertainty.decisions().forEach(decision -> cells.add(String.valueOf(decision.called())));
        return cells;
    }

    private static @Nullable List<Double> thresholds(Prediction prediction) {
        Uncertainty uncertainty = prediction.uncertainty();
        return uncertainty == null
                ? null
                : uncertainty.atLeast().stream()
                        .map(Uncertainty.AtLeast::threshold)
                        .toList();
    }
}
