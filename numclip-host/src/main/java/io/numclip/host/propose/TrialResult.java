package io.numclip.host.propose;

import io.numclip.data.Invocation;
import io.numclip.host.message.PlainText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a trial has found.
 *
 * @param rows the simple predictors, then what was trained
 * @param trained images that each training learns from
 */
record TrialResult(List<Row> rows, ProposedTraining proposal, int trained, Duration time) {

    static final String CONSTANT = "always the same number, the median";

    /** A simple predictor that is better by so much is named. */
    private static final double BETTER = 0.9;

    /** An error of rounding. */
    private static final double EXACT = 1e-6;

    private static final int WIDTH = 51;

    /**
     * A row of its table.
     *
     * @param mae on validation images, in the unit of the task; infinite: training diverged
     * @param epochs 0: nothing was trained
     * @param predictions how many the error is the mean of
     */
    record Row(String title, double mae, int epochs, int predictions) {}

    /** Whether nothing was better than always the same number, beyond chance. */
    boolean nothingIsLearned() {
        double constant = rows.stream()
                .filter(row -> row.title.equals(CONSTANT))
                .mapToDouble(Row::mae)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
        return rows.stream().noneMatch(row -> row.mae * Trial.chance(row.predictions, 1) < constant);
    }

    /** Lines of at most a hundred characters. */
    List<String> lines(String unit) {
        int most = rows.stream().mapToInt(Row::predictions).max().orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "Tried in %d s on %d training images; MAE of %d predictions for validation images, in %s:",
                time.toSeconds(),
                trained,
                most,
                unit));
        rows.forEach(row -> lines.add("  " + line(row, most)));
        lines.addAll(proposed());
        lines.addAll(warning());
        if (nothingIsLearned()) {
            lines.add("Nothing tried was better than always the same number, beyond chance.");
            lines.add("More images, better words or a real CLIP may help.");
        }
        return lines;
    }

    private List<String> proposed() {
        String title = "Proposed: " + proposal.title();
        if (proposal.simple().isPresent()) {
            return List.of(title + ". No training was better on the same images.");
        }
        String trained = title + ", " + PlainText.counted(proposal.epochs(), "epoch") + ".";
        Row own = rows.stream()
                .filter(row -> row.title.equals(proposal.title()))
                .findFirst()
                .orElseThrow();
        if (own.epochs < proposal.epochs()) {
            String longer = "That is longer than tried";
            return List.of(trained, longer + (nothingIsLearned() ? "." : ", and so probably better than above."));
        }
        return own.mae <= best(false).mae
                ? List.of(trained)
                : List.of(trained, "On the same images no other was better beyond chance.");
    }

    private static String line(Row row, int most) {
        String mae = Double.isFinite(row.mae)
                ? String.format(Locale.ROOT, "%8.3g", row.mae < EXACT ? 0 : row.mae)
                : "diverged";
        String epochs = row.epochs == 0 ? "" : "  " + PlainText.counted(row.epochs, "epoch");
        String fewer = row.predictions < most ? "  " + PlainText.counted(row.predictions, "prediction") : "";
        return String.format(Locale.ROOT, "%-" + WIDTH + "s%s%s%s", row.title, mae, epochs, fewer);
    }

    /** A user must know when something simpler sees more. */
    private List<String> warning() {
        Row simple = best(true);
        if (proposal.isOfPixels()) {
            return List.of(
                    "The embedded CLIP sees less in these images than their plain pixels show. A real one may see more:",
                    "'" + Invocation.NAME + " pull' lists some.");
        }
        if (proposal.simple().isPresent() || simple.mae >= BETTER * best(false).mae - EXACT) {
            return List.of();
        }
        String better = "A simple predictor, " + simple.title + ", is better than what was tried.";
        String lasting = "The verdict of a whole training says whether that lasts. If it does, ";
        return simple.title.endsWith("pixels")
                ? List.of(
                        better,
                        lasting + "the embedded CLIP sees too little",
                        "in these images; get a real one ('" + Invocation.NAME + " pull').")
                : List.of(
                        better,
                        lasting + "let other methods try:",
                        "'" + Invocation.NAME + " compare --tasks FILE.yaml --methods all --frozen'.");
    }

    private Row best(boolean simple) {
        return rows.stream()
                .filter(row -> !row.title.equals(CONSTANT))
                .filter(row -> row.epochs == 0 == simple)
                .min(Comparator.comparingDouble(Row::mae))
                .orElseThrow();
    }
}
