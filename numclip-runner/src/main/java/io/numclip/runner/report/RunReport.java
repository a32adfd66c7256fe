package io.numclip.runner.report;

import io.numclip.host.run.Parts;
import io.numclip.host.run.RunResult;
import io.numclip.training.TrainingResult;
import java.util.List;
import java.util.stream.Collectors;

/** The page of one run. */
final class RunReport {

    private RunReport() {}

    static String html(RunResult result) {
        String task = result.config().task().type();
        String trained = result.comparison().trained().model();
        String figures = ProtocolNotes.html(result.config().protocol(), result.leaks())
                + RunTable.of(result.comparison()).html(trained)
                + Html.paragraph("MAE in " + result.scale().unit() + ", on "
                        + result.comparison().count()
                        + " test images. Accuracy counts images whose likeliest concept holds the label. In brackets the"
                        + " 95 % bootstrap interval.");
        String all = MetricTable.of(result.comparison()).html(trained)
                + Html.paragraph(
                        MetricTable.note(result.comparison(), result.scale().unit()))
                + Html.paragraph(MetricTable.ordinality(result.ordinality()));
        return Html.page(
                "NumCLIP: " + task,
                Html.section("Figures", figures)
                        + Html.section("All metrics", all)
                        + result.coverage()
                                .map(coverage -> Html.section(
                                        "How sure it is",
                                        CoverageTables.html(
                                                coverage, result.scale().unit())))
                                .orElse("")
                        + views(result.parts())
                        + Html.section("Predictions", Html.png(Charts.scatter(result), "predictions over labels"))
                        + Html.section("Some test images", Pictures.html(result))
                        + Html.section("Training", training(result))
                        + Html.section(
                                "Configuration",
                                Html.preformatted(result.config().toYaml())));
    }

    private static String training(RunResult result) {
        TrainingResult training = result.training();
        if (training.epochs().isEmpty()) {
            return Html.paragraph("Nothing was trained.");
        }
        String judges = result.config().protocol().isReference() ? "test" : "validation";
        return Html.paragraph("Best of " + training.epochs().size() + " epochs: " + training.bestEpoch()
                        + ", chosen by the " + judges + " images.")
                + Html.png(Charts.epochs(result), "validation MAE over epochs");
    }

    private static String views(List<Parts> views) {
        return views.stream()
                .map(view -> Html.section(title(view.name()), PartsTable.html(view)))
                .collect(Collectors.joining());
    }

    private static String title(String view) {
        return view.equals(Parts.LONG_TAIL)
                ? "By training images of the label: many are above 100, few below 20"
                : "By " + view;
    }
}
