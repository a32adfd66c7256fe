package io.numclip.runner.predict;

import io.numclip.data.Explanation;
import io.numclip.data.Explanation.Neighbour;
import io.numclip.data.Explanation.Neighbours;
import io.numclip.data.Explanation.Part;
import io.numclip.data.ImageRegion;
import io.numclip.data.LabelScale;
import io.numclip.data.Prediction;
import io.numclip.data.Region;
import io.numclip.host.message.PlainText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How a number came about, for people: an indented block below the line of the image. */
final class ExplanationText {

    private static final int SHOWN = 5;
    private static final String INDENT = "    ";

    private final StringBuilder text = new StringBuilder();
    private final Explanation explanation;
    private final Prediction prediction;
    private final LabelScale scale;
    private final int decimals;

    private ExplanationText(Explanation explanation, Prediction prediction, LabelScale scale) {
        this.explanation = explanation;
        this.prediction = prediction;
        this.scale = scale;
        this.decimals = PlainText.decimals(scale);
    }

    static String of(Explanation explanation, Prediction prediction, LabelScale scale) {
        ExplanationText block = new ExplanationText(explanation, prediction, scale);
        block.concepts();
        block.number();
        block.neighbours();
        explanation.unexplained().forEach(each -> block.line("not explained: " + each));
        return block.text.toString();
    }

    /** What was cut out of the picture; nothing if it was seen whole. */
    static String region(@Nullable ImageRegion part, double margin) {
        if (part == null) {
            return "";
        }
        Region region = part.region();
        String around = margin == 0
                ? ""
                : ", and " + PlainText.percent(margin) + " of its size more on each side, as far as the picture goes";
        return String.format(
                Locale.ROOT,
                "%sseen: %d x %d pixels of the upright picture, %d from the left and %d from the top%s\n",
                INDENT,
                region.width(),
                region.height(),
                region.left(),
                region.top(),
                around);
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
                        ? "     chance   match    anchor    number      part  words"
                        : "     chance  words");
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
                    "%9.1f %%  %6.3f %9s %9s %9s  %s",
                    100 * probability,
                    part.weight(),
                    shown(part.anchor()),
                    shown(part.number()),
                    shown(part.value()),
                    words);
        }
    }

    /** The decimals of the scale, and no minus before a zero. */
    private String shown(double figure) {
        double unit = Math.pow(10, decimals);
        return String.format(Locale.ROOT, "%." + decimals + "f", Math.rint(unit * figure) / unit + 0.0);
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
        line("%9.1f %%  %6.3f %19s %9s  %d others", 100 * probability, weight, "", shown(value), others.size());
    }

    private void number() {
        double number = explanation.number();
        if (explanation.hasParts()) {
            double anchored = explanation.anchored();
            String moved = shown(number - anchored);
            line(
                    "number = sum of match * number = %s %s; with the anchors alone %s, moved by %s",
                    shown(number), scale.unit(), shown(anchored), moved.startsWith("-") ? moved : "+" + moved);
        }
        if ((float) prediction.value() != (float) number) {
            line("the fine head gives %s; " + reason(), shown(number), PlainText.number(prediction.value(), scale));
        }
    }

    /** Why the answer is not what the fine head gives. */
    private String reason() {
        if (prediction.value() == scale.clamp(explanation.number())) {
            return "on the scale, %s is nearest";
        }
        return prediction.isStrange()
                ? "the image is unlike the training images, and with what the nearest of them say it is %s"
                : "of all numbers, %s is likeliest";
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
            line(
                    "  cosine %.3f  %s  %s",
                    each.cosine(),
                    PlainText.quantity(PlainText.number(each.label(), scale), scale.unit()),
                    each.name());
        }
    }
}
