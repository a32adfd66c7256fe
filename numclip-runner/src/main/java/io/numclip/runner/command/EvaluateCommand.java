package io.numclip.runner.command;

import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.runner.Console;
import io.numclip.runner.ExitCodes;
import io.numclip.runner.Services;
import io.numclip.runner.config.ExperimentConfig;
import io.numclip.runner.config.ExperimentReader;
import io.numclip.runner.experiment.RunFolder;
import io.numclip.runner.experiment.TestResult;
import io.numclip.runner.experiment.TestRun;
import io.numclip.runner.experiment.TrainedModel;
import io.numclip.runner.experiment.View;
import io.numclip.runner.report.ComparisonTable;
import io.numclip.runner.report.CoverageTables;
import io.numclip.runner.report.ProtocolNotes;
import io.numclip.runner.report.ViewTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scores a trained model on a split of its task. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Scores a trained model beside the best constant answer.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip evaluate runs/age-1",
            "  numclip evaluate runs/age-1 --split validation",
            "  numclip evaluate runs/age-1 --views long-tail",
            "  numclip evaluate runs/age-1 --set task.data.samples.test=1000"
        })
final class EvaluateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", description = "A folder that 'numclip train' has written.")
    private Path run;

    @Option(
            names = "--split",
            defaultValue = "test",
            paramLabel = "SPLIT",
            description = "Which images: ${COMPLETION-CANDIDATES}. Default: test.")
    private Split split;

    @Option(
            names = "--views",
            split = ",",
            paramLabel = "VIEW",
            description = "Figures of parts of the images as well. long-tail: labels with many, medium and few training"
                    + " images.")
    private List<String> views = List.of();

    @Mixin
    private SettingsOption settings;

    @Mixin
    private ModelOptions model;

    private final Services services;

    EvaluateCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        refuseUnknownViews();
        RunFolder folder = RunFolder.open(run);
        ExperimentConfig config = new ExperimentReader(services.catalog().get())
                .read(folder.config().toString(), settings.parsed());
        List<String> skipped = new ArrayList<>();
        PrintWriter print = services.console().out();
        try (TrainedModel trained = TrainedModel.open(run, services.catalog().get(), model.options())) {
            TestResult result = TestRun.run(config, trained, split, (name, reason) -> {
                skipped.add(name);
                warn(name + " is left out: " + reason);
            });
            result.leaks().forEach(leak -> warn(leak.sentence()));
            print.println(result.comparison().count() + " " + split + " images, MAE and RMSE in "
                    + trained.scale().unit() + ":");
            print.print(ComparisonTable.of(result.comparison()).text());
            print.print(ProtocolNotes.text(config.protocol(), List.of()));
            result.coverage().ifPresent(coverage -> {
                print.println();
                print.print(CoverageTables.text(coverage, trained.scale().unit()));
            });
            result.views().stream().filter(view -> views.contains(view.name())).forEach(view -> {
                print.println();
                print.print(ViewTable.of(view).text());
            });
        }
        print.flush();
        return skipped.isEmpty() ? ExitCodes.DONE : ExitCodes.SOME_FAILED;
    }

    private void warn(String message) {
        services.console().err().println("warning: " + Console.printable(message));
    }

    private void refuseUnknownViews() {
        for (String view : views) {
            if (!view.equals(View.LONG_TAIL)) {
                throw new NumClipException(
                        NumClipException.Kind.USAGE,
                        "there is no view '" + view + "'",
                        "choose " + View.LONG_TAIL + ", or leave --views out");
            }
        }
    }
}
