package io.numclip.host.propose;

import io.numclip.data.Invocation;
import io.numclip.host.message.PlainText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a trial has found.
 *
 * @param constants MAE of always the same number, the median, on each part
 * @param proposed one of the tried
 */
record TrialResult(List<TrialPart> parts, List<Double> constants, List<Tried> tried, Tried proposed) {

    /** Something simpler that is better by so much is named. */
    private static final double BETTER = 0.9;

    /** An error of rounding. */
    private static final double EXACT = 1e-6;

    private static final int WIDTH = 51;

    /** Whether nothing was better than always the same number, beyond chance. */
    boolean nothingIsLearned() {
        return tried.stream().noneMatch(each -> {
            List<TrialPart> seen = seen(each);
            return each.error(seen) * Choice.chance(TrialPart.predictions(seen), 1) < constant(seen);
        });
    }

    private double constant(List<TrialPart> seen) {
        return TrialPart.mean(seen, constants::get);
    }

    private List<TrialPart> seen(Tried each) {
        return parts.subList(0, each.parts());
    }

    /** Lines of at most a hundred characters. */
    List<String> lines(String unit) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "Tried on %d training images; MAE of %d predictions for validation images, in %s:",
                parts.get(0).train().size(),
                TrialPart.predictions(parts),
                unit));
        lines.add("  " + line("always the same number, the median", constant(parts), ""));
        tried.forEach(each -> lines.add("  " + line(each)));
        lines.addAll(proposal());
        lines.addAll(warning());
        if (nothingIsLearned()) {
            lines.add("Nothing tried was better than always the same number, beyond chance.");
            lines.add("More images, better words or a real CLIP may help.");
        }
        return lines;
    }

    private List<String> proposal() {
        Candidate candidate = proposed.candidate();
        int whole = candidate.course().epochs();
        String title =
                "Proposed: " + candidate.title() + (whole == 0 ? "." : ", " + PlainText.counted(whole, "epoch") + ".");
        if (proposed.epochs() < whole) {
            boolean isBetter = !nothingIsLearned() && better().isEmpty();
            return List.of(
                    title, "That is longer than tried" + (isBetter ? ", and so probably better than above." : "."));
        }
        return List.of(title);
    }

    private String line(Tried each) {
        int predictions = TrialPart.predictions(seen(each));
        String epochs = each.epochs() == 0 ? "" : "  " + PlainText.counted(each.epochs(), "epoch");
        String fewer =
                predictions < TrialPart.predictions(parts) ? "  " + PlainText.counted(predictions, "prediction") : "";
        return line(each.candidate().title(), each.error(seen(each)), epochs + fewer);
    }

    private static String line(String title, double mae, String more) {
        String error = Double.isFinite(mae) ? String.format(Locale.ROOT, "%8.3g", mae < EXACT ? 0 : mae) : "diverged";
        return String.format(Locale.ROOT, "%-" + WIDTH + "s%s%s", title, error, more);
    }

    /** A user must know when something simpler sees more. */
    private List<String> warning() {
        if (proposed.candidate().isWithoutClip()) {
            return List.of(
                    "The embedded CLIP sees less in these images than was learned without it. A real one may see more:",
                    "'" + Invocation.NAME + " pull' lists some.");
        }
        return better().stream()
                .flatMap(simple -> Stream.of(
                        "So far '" + simple.candidate().title()
                                + "' is better; the rest of the training, or chance, may",
                        "make up for that. The verdict of a whole training says whether it does."))
                .toList();
    }

    /** The best of what leaves the tower as it is, where that is better than a tower that was trained for a while. */
    private Optional<Tried> better() {
        List<TrialPart> seen = seen(proposed);
        return tried.stream()
                .filter(each -> !proposed.candidate().isWithoutClip())
                .filter(each -> each.candidate().isFrozen())
                .min(Comparator.comparingDouble(each -> each.error(seen)))
                .filter(simple -> simple.error(seen) < BETTER * proposed.error(seen) - EXACT);
    }
}
