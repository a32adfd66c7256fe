package io.numclip.runner.command;

import io.numclip.data.Split;
import io.numclip.runner.Console;
import io.numclip.runner.ExitCodes;
import io.numclip.runner.Services;
import io.numclip.runner.config.ExperimentConfig;
import io.numclip.runner.config.ExperimentReader;
import io.numclip.runner.experiment.Comparison;
import io.numclip.runner.experiment.RunFolder;
import io.numclip.runner.experiment.TestRun;
import io.numclip.runner.experiment.TrainedModel;
import io.numclip.runner.report.ComparisonTable;
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
        RunFolder folder = RunFolder.open(run);
        ExperimentConfig config = new ExperimentReader(services.catalog().get())
                .read(folder.config().toString(), settings.parsed());
        List<String> skipped = new ArrayList<>();
        Comparison comparison;
        String unit;
        try (TrainedModel trained = TrainedModel.open(run, services.catalog().get(), model.options())) {
            unit = trained.scale().unit();
            comparison = TestRun.run(config, trained, split, (name, reason) -> {
                skipped.add(name);
                services.console().err().println("warning: " + Console.printable(name + " is left out: " + reason));
            });
        }
        PrintWriter print = services.console().out();
        print.println(comparison.count() + " " + split + " images, MAE and RMSE in " + unit + ":");
        print.print(ComparisonTable.of(comparison).text());
        print.flush();
        return skipped.isEmpty() ? ExitCodes.DONE : ExitCodes.SOME_FAILED;
    }
}
