package io.numclip.runner.evaluate;

import io.numclip.data.LabelScale;
import io.numclip.data.Split;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Setting;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.Parts;
import io.numclip.host.result.RunFolder;
import io.numclip.host.result.TestResult;
import io.numclip.host.run.TestRun;
import io.numclip.host.run.TrainedModel;
import io.numclip.runner.report.CoverageTables;
import io.numclip.runner.report.MetricTable;
import io.numclip.runner.report.Notes;
import io.numclip.runner.report.PartsFigure;
import io.numclip.runner.report.TextLines;
import io.numclip.runner.terminal.Computes;
import io.numclip.runner.terminal.ModelOptions;
import io.numclip.runner.terminal.Services;
import io.numclip.runner.terminal.SettingsOption;
import io.numclip.runner.terminal.WithinOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scores a trained model on a split of its task. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Scores a trained model and compares it with the best constant prediction, on all images and on parts of"
                        + " them: by the bin of the label, by how many training images the label has, and by each column of the"
                        + " image list with 2 to 12 different values.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip evaluate runs/age-1",
            "  numclip evaluate runs/age-1 --split validation",
            "  numclip evaluate runs/age-1 --set task.data.samples.test=1000"
        })
public final class EvaluateCommand implements Computes {

    @Parameters(paramLabel = "RUN", description = "A run folder, written by 'numclip train'.")
    private Path run;

    @Option(
            names = "--split",
            defaultValue = "test",
            paramLabel = "SPLIT",
            description = "Which images: ${COMPLETION-CANDIDATES}. Default: test.")
    private Split split;

    @Mixin
    private WithinOption within;

    @Mixin
    private SettingsOption settings;

    @Mixin
    private ModelOptions model;

    private final Services services;

    public EvaluateCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        RunFolder folder = RunFolder.open(run);
        List<Setting> chosen = new ArrayList<>(settings.parsed());
        chosen.addAll(within.settings());
        ExperimentConfig config =
                new ExperimentReader(services.catalog()).read(folder.config().toString(), chosen);
        List<String> skipped = new ArrayList<>();
        try (TrainedModel trained = TrainedModel.open(run, services.catalog(), model.options())) {
            TestResult result = TestRun.run(config, trained, split, (name, reason) -> {
                skipped.add(name);
                warn(name + " is left out: " + reason);
            });
            result.leaks().forEach(leak -> warn(leak.sentence()));
            print(result, config, trained.scale(), services.console().out());
        }
        return skipped.isEmpty() ? ExitCodes.DONE : ExitCodes.SOME_FAILED;
    }

    private void print(TestResult result, ExperimentConfig config, LabelScale scale, PrintWriter print) {
        print.println(PlainText.counted(result.comparison().count(), split + " image") + ":");
        print.print(MetricTable.of(result.comparison()).text());
        print.println(MetricTable.note(result.comparison(), scale.unit()));
        result.ordinality().ifPresent(share -> print.println(TextLines.paragraph(MetricTable.ordinality(share))));
        print.print(Notes.text(config.protocol()));
        result.coverage().ifPresent(coverage -> {
            print.println();
            print.print(CoverageTables.text(coverage, scale));
        });
        for (Parts divided : result.parts()) {
            PartsFigure parts = new PartsFigure(divided, scale.unit());
            print.println();
            print.print(parts.table().text());
            print.println(TextLines.paragraph(parts.note()));
        }
        print.println();
        print.print(Notes.text(result.verdict()));
        print.flush();
    }

    private void warn(String message) {
        services.console().err().println("warning: " + PlainText.printable(message));
    }
}
