package io.numclip.runner.starter;

import io.numclip.data.Invocation;
import io.numclip.host.run.PlainText;
import io.numclip.host.run.Yardsticks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a trial found, in lines of at most a hundred characters. */
record TrialText(Trial.Result result, String unit) {

    /** A simple predictor that is better by so much is named. */
    private static final double BETTER = 0.9;

    /** An error of rounding. */
    private static final double EXACT = 1e-6;

    private static final int WIDTH = 51;

    List<String> lines() {
        int most = result.rows().stream().mapToInt(Trial.Row::predictions).max().orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "Tried in %d s on %d training images; MAE of %d predictions for validation images, in %s:",
                result.time().toSeconds(),
                result.trained(),
                most,
                unit));
        result.rows().forEach(row -> lines.add("  " + line(row, most)));
        lines.addAll(proposed(result.proposal()));
        lines.addAll(warning());
        if (result.nothingIsLearned()) {
            lines.add("Nothing tried was better than always the same number, beyond chance.");
            lines.add("More images, better words or a real CLIP may help.");
        }
        return lines;
    }

    private List<String> proposed(StarterTraining proposal) {
        String title = "Proposed: " + proposal.title();
        if (!proposal.isTrained()) {
            return List.of(title + ". No training was better on the same images.");
        }
        String trained = title + ", " + PlainText.counted(proposal.epochs(), "epoch") + ".";
        Trial.Row own = result.rows().stream()
                .filter(row -> row.title().equals(proposal.title()))
                .findFirst()
                .orElseThrow();
        if (own.epochs() < proposal.epochs()) {
            String longer = "That is longer than tried";
            return List.of(
                    trained, longer + (result.nothingIsLearned() ? "." : ", and so probably better than above."));
        }
        return own.mae() <= best(false).mae()
                ? List.of(trained)
                : List.of(trained, "On the same images no other was better beyond chance.");
    }

    private static String line(Trial.Row row, int most) {
        String mae = Double.isFinite(row.mae())
                ? String.format(Locale.ROOT, "%8.3g", row.mae() < EXACT ? 0 : row.mae())
                : "diverged";
        String epochs = row.epochs() == 0 ? "" : "  " + PlainText.counted(row.epochs(), "epoch");
        String fewer = row.predictions() < most ? "  " + PlainText.counted(row.predictions(), "prediction") : "";
        return String.format(Locale.ROOT, "%-" + WIDTH + "s%s%s%s", row.title(), mae, epochs, fewer);
    }

    /** A user must know when something simpler sees more. */
    private List<String> warning() {
        Trial.Row simple = best(true);
        Trial.Row trained = best(false);
        if (result.proposal().isOfPixels()) {
            return List.of(
                    "The embedded CLIP sees less in these images than their plain pixels show. A real one may see more:",
                    "'" + Invocation.NAME + " pull' lists some.");
        }
        if (simple.mae() >= BETTER * trained.mae() - EXACT) {
            return List.of();
        }
        String better = "A simple predictor, " + simple.title() + ", is better than what was tried.";
        String lasting = "The verdict of a whole training says whether that lasts. If it does, ";
        return simple.title().endsWith("pixels")
                ? List.of(
                        better,
                        lasting + "the embedded CLIP sees too little",
                        "in these images; get a real one ('" + Invocation.NAME + " pull').")
                : List.of(
                        better,
                        lasting + "let other methods try:",
                        "'" + Invocation.NAME + " compare --tasks FILE.yaml --methods all --frozen'.");
    }

    private Trial.Row best(boolean simple) {
        return result.rows().stream()
                .filter(row -> !row.title().equals(Trial.CONSTANT))
                .filter(row -> Yardsticks.Kind.of(row.title()).isPresent() == simple)
                .min(Comparator.comparingDouble(Trial.Row::mae))
                .orElseThrow();
    }
}
