package io.numclip.runner.predict;

import io.numclip.data.Explanation;
import io.numclip.data.Explanation.Neighbour;
import io.numclip.data.Explanation.Neighbours;
import io.numclip.data.Explanation.Part;
import io.numclip.data.Prediction;
import io.numclip.host.run.PlainText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How a number came about, for people: an indented block below the line of the image. */
final class ExplanationText {

    private static final int SHOWN = 5;
    private static final String INDENT = "    ";

    private final StringBuilder text = new StringBuilder();
    private final Explanation explanation;
    private final Prediction prediction;
    private final String unit;

    private ExplanationText(Explanation explanation, Prediction prediction, String unit) {
        this.explanation = explanation;
        this.prediction = prediction;
        this.unit = unit;
    }

    static String of(Explanation explanation, Prediction prediction, String unit) {
        ExplanationText block = new ExplanationText(explanation, prediction, unit);
        block.concepts();
        block.number();
        block.neighbours();
        explanation.unexplained().forEach(each -> block.line("not explained: " + each));
        return block.text.toString();
    }

    private void line(String format, Object... values) {
        String line = values.length == 0 ? format : String.format(Locale.ROOT, format, values);
        text.append(INDENT).append(PlainText.printable(line)).append('\n');
    }

    /** The likeliest concepts, in the order of the scale. */
    private void concepts() {
        double[] probabilities = prediction.probabilities();
        List<Integer> shown = IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer k) -> -probabilities[k]))
                .limit(SHOWN)
                .sorted()
                .toList();
        List<Integer> others =
                new ArrayList<>(IntStream.range(0, probabilities.length).boxed().toList());
        others.removeAll(shown);
        line(
                explanation.hasParts()
                        ? "probability  weight    anchor    number      part  words"
                        : "probability  words");
        shown.forEach(k -> concept(probabilities[k], explanation.concepts().get(k)));
        if (!others.isEmpty()) {
            others(others, probabilities);
        }
    }

    private void concept(double probability, Explanation.Concept concept) {
        String words = concept.words().isEmpty() ? concept.concept() : String.join(" | ", concept.words());
        Part part = concept.part();
        if (part == null) {
            line("%9.1f %%  %s", 100 * probability, words);
        } else {
            line(
                    "%9.1f %%  %6.3f %9.2f %9.2f %9.2f  %s",
                    100 * probability, part.weight(), part.anchor(), shown(part.number()), shown(part.value()), words);
        }
    }

    /** Two decimals, and no minus before a zero. */
    private static double shown(double figure) {
        return Math.rint(100 * figure) / 100 + 0.0;
    }

    private void others(List<Integer> others, double[] probabilities) {
        double probability = others.stream().mapToDouble(k -> probabilities[k]).sum();
        if (!explanation.hasParts()) {
            line("%9.1f %%  %d others", 100 * probability, others.size());
            return;
        }
        double weight = 0;
        double value = 0;
        for (int k : others) {
            Part part = explanation.concepts().get(k).part();
            weight += part == null ? 0 : part.weight();
            value += part == null ? 0 : part.value();
        }
        line("%9.1f %%  %6.3f %19s %9.2f  %d others", 100 * probability, weight, "", value, others.size());
    }

    private void number() {
        double number = explanation.number();
        if (explanation.hasParts()) {
            double anchored = explanation.anchored();
            line(
                    "number = sum of weight * number = %.2f %s; with the anchors alone %.2f, moved by %+.2f",
                    number, unit, anchored, number - anchored);
        }
        if ((float) prediction.value() != (float) number) {
            line("the fine head gives %.2f; on the scale, %s is nearest", number, PlainText.number(prediction.value()));
        }
    }

    private void neighbours() {
        Neighbours neighbours = explanation.neighbours();
        if (neighbours == null) {
            return;
        }
        line(
                neighbours.kept() < neighbours.trained()
                        ? "nearest of the %d kept of %d training images:"
                        : "nearest of the %d training images:",
                neighbours.kept(),
                neighbours.trained());
        for (Neighbour each : neighbours.nearest()) {
            line("  cosine %.3f  %s %s  %s", each.cosine(), PlainText.number(each.label()), unit, each.name());
        }
    }
}
