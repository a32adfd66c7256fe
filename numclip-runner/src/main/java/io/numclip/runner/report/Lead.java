package io.numclip.runner.report;

import io.numclip.evaluation.Interval;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.evaluation.PairedComparison;
import io.numclip.host.run.Comparison;
import io.numclip.host.run.RunMetrics;
import io.numclip.host.run.Yardsticks;
import io.numclip.runner.page.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a run has reached, in plain words: the error, beside that of a guess and of a plain probe, and how sure that is. */
final class Lead {

    private static final List<String> PROBES =
            List.of(Yardsticks.Kind.REGRESSION_ON_FEATURES.title(), Yardsticks.Kind.NEIGHBOURS_OF_FEATURES.title());

    private final RunMetrics metrics;
    private final Comparison comparison;

    Lead(RunMetrics metrics) {
        this.metrics = metrics;
        this.comparison = metrics.comparison();
    }

    /** The result as a heading. */
    String heading() {
        String mae = Exact.text(mae(comparison.trained()));
        return metrics.task() + ": "
                + switch (Against.constant(metrics)) {
                    case BETTER -> "off by " + mae + " " + metrics.unit() + " on average";
                    case OPEN -> "not surely better than a guess";
                    case WORSE -> "worse than a guess";
                };
    }

    List<Tag> paragraphs() {
        List<Tag> paragraphs = new ArrayList<>();
        paragraphs.add(reached());
        paragraphs.add(compared(Comparison.CONSTANT, "the guess"));
        probe().ifPresent(probe -> paragraphs.add(compared(probe, "the plain probe")));
        return paragraphs;
    }

    private Tag reached() {
        Comparison.Row trained = comparison.trained();
        Tag text = Tag.styled("p", "lead")
                .add("On " + comparison.count() + " test images, " + trained.model() + " is off by ")
                .add(Tag.of("strong").add(error(trained)).add(" " + metrics.unit()))
                .add(" on average");
        Interval interval = trained.intervals().get(OrdinalMetric.MAE);
        if (interval != null) {
            List<Tag> ends = Exact.interval(interval, "intervals", trained.model(), OrdinalMetric.MAE.key());
            text.add(" (95 % interval: ")
                    .add(ends.get(0))
                    .add(" to ")
                    .add(ends.get(1))
                    .add(")");
        }
        text.add(". A guess (always " + guess() + ") is off by ").add(error(comparison.row(Comparison.CONSTANT)));
        probe().ifPresent(probe ->
                text.add("; a plain probe (" + plain(probe) + "), by ").add(error(comparison.row(probe))));
        return text.add(".");
    }

    private Tag compared(String other, String name) {
        Against against = Against.of(metrics, other);
        Tag text = Tag.of("p").add(Tag.of("strong", sentence(against, name)));
        PairedComparison paired = metrics.differences().get(other);
        if (paired == null) {
            return text.add(" Judged by whether the 95 % intervals of the two errors overlap.");
        }
        Interval by = paired.interval();
        boolean less = paired.difference() <= 0;
        String difference = Exact.text(Math.abs(paired.difference()));
        text.add(" On the same images its error is " + (less ? "smaller" : "larger") + " by " + difference + " "
                + metrics.unit() + " (95 % interval of the difference: " + Exact.text(less ? -by.high() : by.low())
                + " to "
                + Exact.text(less ? -by.low() : by.high()) + ").");
        return against == Against.WORSE && other.equals(Comparison.CONSTANT)
                ? text.add(" The numbers of this model say less than always the same number.")
                : text;
    }

    private static String sentence(Against against, String name) {
        return switch (against) {
            case BETTER -> "It is better than " + name + ".";
            case OPEN -> "Whether it is better than " + name + " is not certain.";
            case WORSE -> "It is worse than " + name + ".";
        };
    }

    /** Such as {@code 36, the median}. */
    private String guess() {
        return comparison.constants().getOrDefault(OrdinalMetric.MAE, "the same number");
    }

    private Tag error(Comparison.Row row) {
        return Exact.of(mae(row), "models", row.model(), OrdinalMetric.MAE.key());
    }

    private static double mae(Comparison.Row row) {
        return row.figures().getOrDefault(OrdinalMetric.MAE, Double.NaN);
    }

    /**
     * The yardstick on the features of the untrained CLIP that a trained model should beat: the better one, so that it is not
     * too easy. Without yardsticks, the untrained CLIP.
     */
    private Optional<String> probe() {
        return Stream.of(PROBES, List.of(Comparison.CONCEPT_WORDS))
                .map(names -> comparison.rows().stream()
                        .filter(row -> names.contains(row.model()))
                        .min(Comparator.comparingDouble(Lead::mae)))
                .flatMap(Optional::stream)
                .findFirst()
                .map(Comparison.Row::model);
    }

    private static String plain(String probe) {
        if (probe.equals(Comparison.CONCEPT_WORDS)) {
            return "the CLIP before its training";
        }
        String name = probe.equals(Yardsticks.Kind.REGRESSION_ON_FEATURES.title())
                ? "logistic regression"
                : "nearest neighbours";
        return name + " on the features of the untrained CLIP";
    }
}
