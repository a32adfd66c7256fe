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
                        + " test images. Accuracy counts images whose likeliest concept contains the label. In brackets"
                        + " the 95 % bootstrap interval.");
        String all = MetricTable.of(result.comparison()).html(trained)
                + Html.paragraph(
                        MetricTable.note(result.comparison(), result.scale().unit()))
                + (result.ordinality().isPresent()
                        ? Html.paragraph(
                                MetricTable.ordinality(result.ordinality().getAsDouble()))
                        : "");
        return Html.page(
                "NumCLIP: " + task,
                Html.section("Figures", figures)
                        + Html.section("All metrics", all)
                        + result.coverage()
                                .map(coverage -> Html.section(
                                        "Uncertainty",
                                        CoverageTables.html(
                                                coverage, result.scale().unit())))
                                .orElse("")
                        + partSections(result.parts())
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
                        + ", chosen on the " + judges + " images.")
                + Html.png(Charts.epochs(result), "validation MAE over epochs");
    }

    private static String partSections(List<Parts> all) {
        return all.stream()
                .map(parts -> Html.section(title(parts.name()), PartsTable.html(parts)))
                .collect(Collectors.joining());
    }

    private static String title(String parts) {
        return parts.equals(Parts.LONG_TAIL)
                ? "By training images of the label: many are more than 100, few are less than 20"
                : "By " + parts;
    }
}
