package io.numclip.runner.command;

import io.numclip.runner.ExitCodes;
import io.numclip.runner.Services;
import io.numclip.runner.experiment.TrainedModel;
import io.numclip.runner.report.PredictionWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a trained model about images. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Gives numbers to images. An image that cannot be read gets a row with the reason; the others go on.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip predict runs/age-1 portrait.jpg",
            "  numclip predict runs/age-1 photos/ --format csv > ages.csv",
            "  numclip predict runs/age-1 a.png b.png --format json | jq '.[].value'"
        })
final class PredictCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "RUN", description = "A folder that 'numclip train' has written.")
    private Path run;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PATH",
            description = "JPEG or PNG files, or folders of them.")
    private List<Path> paths;

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "text, json or csv (file, value, a probability for each concept, error). Default: text.")
    private PredictionWriter.Format format;

    @Mixin
    private ModelOptions model;

    private final Services services;

    PredictCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        List<Path> files = ImageFiles.find(paths);
        int failed;
        try (TrainedModel trained = TrainedModel.open(run, services.catalog().get(), model.options());
                PredictionWriter writer = writer(trained)) {
            failed = new FilePredictions(trained.predictor()::predict).write(files, writer);
        }
        if (failed > 0) {
            services.console().err().println(failed + " of " + files.size() + " images failed; the output says why");
        }
        return failed == 0 ? ExitCodes.DONE : ExitCodes.SOME_FAILED;
    }

    private PredictionWriter writer(TrainedModel trained) throws IOException {
        List<String> concepts = trained.predictor().model().bins().concepts();
        return format.writer(services.console().out(), concepts, trained.scale().unit());
    }
}
