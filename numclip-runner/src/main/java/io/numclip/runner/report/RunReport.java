package io.numclip.runner.report;

import io.numclip.runner.experiment.RunResult;
import io.numclip.training.TrainingResult;

/** The page of one run. */
final class RunReport {

    private RunReport() {}

    static String html(RunResult result) {
        String task = result.config().task().type();
        String figures = ProtocolNotes.html(result.config().protocol(), result.leaks())
                + ComparisonTable.of(result.comparison())
                        .html(result.comparison().trained().model())
                + Html.paragraph("MAE and RMSE in " + result.scale().unit() + ", on "
                        + result.comparison().count()
                        + " test images. Accuracy counts images whose likeliest concept holds"
                        + " the label; off-by-one allows its neighbours.");
        return Html.page(
                "NumCLIP: " + task,
                Html.section("Figures", figures)
                        + Html.section("By training images of the label", ViewTable.html(result.views()))
                        + result.coverage()
                                .map(coverage -> Html.section(
                                        "How sure it is",
                                        CoverageTables.html(
                                                coverage, result.scale().unit())))
                                .orElse("")
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
}
