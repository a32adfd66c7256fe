package io.numclip.host.files;

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
import io.numclip.host.message.PlainText;
import io.numclip.host.result.NamedImage;
import io.numclip.storage.AtomicFile;
import io.numclip.uncertainty.ExactNumber;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The predictions of a run as CSV. Columns: {@code file}, {@code value}, {@code label}, {@code group}; the probability of each
 * concept, by its name, or as {@code p:value} where another column has that name; for a calibrated model then {@code lower}, {@code upper},
 * {@code set}, P(y ≥ k) for the lower edge k of each bin except the first, {@code abstained} and {@code outOfRange}, and each
 * decision;
 * where strange images are told {@code familiarity} and {@code strange}; where an image is damaged {@code damaged}.
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
    private final boolean damage;

    private PredictionsFile(Writer out, List<Prediction> all) {
        Prediction any = all.get(0);
        this.csv = CsvWriter.builder().bufferSize(0).build(out);
        this.concepts = any.concepts().stream().map(Prediction.Concept::concept).toList();
        this.thresholds = thresholds(any);
        this.cuts = any.decisions().stream().map(Decision::cut).toList();
        this.familiarity = any.familiarity() != null;
        this.damage = all.stream().anyMatch(Prediction::isDamaged);
        csv.writeRecord(header());
    }

    /**
     * Writes a whole file for images with known labels, at least one.
     *
     * @param group attribute that says which images belong together
     */
    public static void write(Path path, LabeledPredictions predictions, String group) throws IOException {
        AtomicFile.writeText(path, out -> {
            PredictionsFile file = new PredictionsFile(out, predictions.predictions());
            for (int n = 0; n < predictions.size(); n++) {
                LabeledImage image = predictions.images().get(n);
                file.row(
                        image.name(),
                        List.of(String.valueOf(image.label()), PlainText.cell(image.attribute(group))),
                        predictions.predictions().get(n));
            }
        });
    }

    /** Reads a file as {@link #read(Path, Bins, double)} does, without uncertainty. */
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
        StoredTable.read(path, row -> {
            if (images.isEmpty()) {
                requireConcepts(row, bins);
            }
            String group = row.has(NamedImage.GROUP) ? row.text(NamedImage.GROUP) : "";
            images.add(
                    NamedImage.labeled(PlainText.ofCell(row.text(FILE)), row.number(LABEL), PlainText.ofCell(group)));
            predictions.add(prediction(row, bins, coverage));
        });
        return new LabeledPredictions(images, predictions);
    }

    private static void requireConcepts(StoredTable.Row row, Bins bins) {
        int first = firstConcept(row);
        for (int i = 0; i < bins.size(); i++) {
            String concept = bins.concepts().get(i);
            String found = first + i < row.columns().size()
                    ? PlainText.ofCell(row.columns().get(first + i))
                    : "";
            if (!found.equals(concept) && !found.equals(PredictionRow.PROBABILITY + concept)) {
                throw row.wrongHeader("the concepts " + String.join(", ", bins.concepts()) + " behind the label");
            }
        }
    }

    /** The place of its column, which tells concepts from columns of the same name. */
    private static int firstConcept(StoredTable.Row row) {
        int behind = row.columns().indexOf(LABEL) + 1;
        return row.columns().indexOf(NamedImage.GROUP) == behind ? behind + 1 : behind;
    }

    private static Prediction prediction(StoredTable.Row row, Bins bins, double coverage) {
        int first = firstConcept(row);
        List<Prediction.Concept> concepts = IntStream.range(0, bins.size())
                .mapToObj(i -> new Prediction.Concept(
                        bins.concepts().get(i), row.number(row.columns().get(first + i))))
                .toList();
        boolean known = coverage > 0 && row.has(LOWER) && !row.text(LOWER).isEmpty();
        return known
                ? new Prediction(row.number(VALUE), concepts, uncertainty(row, bins, coverage))
                : new Prediction(row.number(VALUE), concepts);
    }

    private static Uncertainty uncertainty(StoredTable.Row row, Bins bins, double coverage) {
        return new Uncertainty(
                coverage,
                new Uncertainty.Interval(row.number(LOWER), row.number(UPPER)),
                List.of(PlainText.ofCell(row.text(SET)).split("\\|")),
                bins.list().stream()
                        .skip(1)
                        .map(Bin::lower)
                        .map(edge -> new Uncertainty.AtLeast(edge, atLeast(row, edge)))
                        .toList(),
                row.truth("abstained"),
                row.truth("outOfRange"));
    }

    private static String atLeast(double threshold) {
        return "atLeast" + ExactNumber.text(threshold);
    }

    /** The probability, which has two decimals in files of version 1.0.0. */
    private static double atLeast(StoredTable.Row row, double threshold) {
        String rounded = String.format(Locale.ROOT, "atLeast%.2f", threshold);
        return row.number(row.has(atLeast(threshold)) || !row.has(rounded) ? atLeast(threshold) : rounded);
    }

    private List<String> header() {
        List<String> first = List.of(FILE, VALUE, LABEL, NamedImage.GROUP);
        List<String> last = behindConcepts();
        List<String> header = new ArrayList<>(first);
        for (String concept : concepts) {
            boolean taken =
                    first.contains(concept) || last.contains(concept) || concept.startsWith(PredictionRow.PROBABILITY);
            header.add(PlainText.cell(taken ? PredictionRow.PROBABILITY + concept : concept));
        }
        header.addAll(last);
        return header;
    }

    private List<String> behindConcepts() {
        List<String> header = new ArrayList<>();
        if (thresholds != null) {
            header.addAll(List.of(LOWER, UPPER, SET));
            thresholds.forEach(threshold -> header.add(atLeast(threshold)));
            header.addAll(List.of("abstained", "outOfRange"));
            cuts.forEach(cut -> header.add(PredictionRow.column(cut)));
        }
        if (familiarity) {
            header.addAll(List.of("familiarity", "strange"));
        }
        if (damage) {
            header.add(PredictionRow.DAMAGED);
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
        if (damage) {
            String words = prediction.damage();
            row.add(words == null ? "" : PlainText.cell(words));
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
