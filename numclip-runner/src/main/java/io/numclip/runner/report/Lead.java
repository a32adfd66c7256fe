package io.numclip.runner.report;

import io.numclip.evaluation.Interval;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.run.Against;
import io.numclip.host.run.Comparison;
import io.numclip.host.run.PlainText;
import io.numclip.host.run.RunMetrics;
import io.numclip.host.run.Yardsticks;
import io.numclip.runner.page.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a run has reached, in plain words: the error, beside that of a guess and of a plain probe, and the verdict. */
final class Lead {

    private static final List<String> PROBES =
            List.of(Yardsticks.Kind.REGRESSION_ON_FEATURES.title(), Yardsticks.Kind.NEIGHBOURS_OF_FEATURES.title());

    /** Of a run whose image tower has no network; others have those above, too. */
    private static final List<String> PROBES_OF_PIXELS =
            List.of(Yardsticks.Kind.REGRESSION_ON_PIXELS.title(), Yardsticks.Kind.NEIGHBOURS_OF_PIXELS.title());

    private final RunMetrics metrics;
    private final Comparison comparison;

    Lead(RunMetrics metrics) {
        this.metrics = metrics;
        this.comparison = metrics.comparison();
    }

    /** The result as a heading. */
    String heading() {
        String mae = PlainText.figure(comparison.trained().mae());
        return metrics.task() + ": "
                + switch (Against.of(comparison, metrics.differences(), Comparison.CONSTANT)) {
                    case BETTER -> "off by " + mae + " " + metrics.unit() + " on average";
                    case OPEN -> "not surely better than a guess";
                    case WORSE -> "worse than a guess";
                };
    }

    List<Tag> paragraphs() {
        return metrics.verdict().isEmpty()
                ? List.of(reached())
                : List.of(reached(), VerdictText.list(metrics.verdict()));
    }

    private Tag reached() {
        Comparison.Row trained = comparison.trained();
        Tag text = Tag.styled("p", "lead")
                .add("On " + PlainText.counted(comparison.count(), "test image") + ", " + trained.model()
                        + " is off by ")
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
        text.add(". A guess (always " + comparison.constantOfMae() + ") is off by ")
                .add(error(comparison.row(Comparison.CONSTANT)));
        probe().ifPresent(probe ->
                text.add("; a plain probe (" + plain(probe) + "), by ").add(error(comparison.row(probe))));
        return text.add(".");
    }

    private Tag error(Comparison.Row row) {
        return Exact.of(row.mae(), "models", row.model(), OrdinalMetric.MAE.key());
    }

    /**
     * The yardstick on the features of the untrained CLIP that a trained model should beat: the better one, so that it is not
     * too easy; without a network, that on pixels. Without yardsticks, the untrained CLIP.
     */
    private Optional<String> probe() {
        return Stream.of(PROBES, PROBES_OF_PIXELS, List.of(Comparison.CONCEPT_WORDS))
                .map(names -> comparison.rows().stream()
                        .filter(row -> names.contains(row.model()))
                        .min(Comparator.comparingDouble(Comparison.Row::mae)))
                .flatMap(Optional::stream)
                .findFirst()
                .map(Comparison.Row::model);
    }

    private static String plain(String probe) {
        if (probe.equals(Comparison.CONCEPT_WORDS)) {
            return "the CLIP before its training";
        }
        String name = probe.substring(0, probe.indexOf(','));
        return name + (PROBES.contains(probe) ? " on the features of the untrained CLIP" : " on the pixels");
    }
}
