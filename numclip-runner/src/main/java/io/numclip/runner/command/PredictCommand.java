package io.numclip.runner.command;

import io.numclip.data.NumClipException;
import io.numclip.model.NumClipPredictor;
import io.numclip.runner.ExitCodes;
import io.numclip.runner.Services;
import io.numclip.runner.experiment.FilePixels;
import io.numclip.runner.experiment.TrainedModel;
import io.numclip.runner.report.PredictionWriter;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.IntervalForm;
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
            "  numclip predict runs/age-1 photos/ --abstain-above 20",
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
            description =
                    "text, json or csv (file, value, a probability for each concept, error, and how sure that is)."
                            + " Default: text.")
    private PredictionWriter.Format format;

    @Option(
            names = "--interval",
            paramLabel = "FORM",
            description = "Which interval is shown: ${COMPLETION-CANDIDATES}. Default: as the training was told.")
    private IntervalForm interval;

    @Option(
            names = "--abstain-above",
            paramLabel = "WIDTH",
            description =
                    "Marks predictions whose interval is wider, in the unit of the scale; 0: none. Default: as the"
                            + " training was told.")
    private Double abstainAbove;

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
        try (TrainedModel trained = TrainedModel.open(run, services.catalog().get(), model.options())) {
            NumClipPredictor predictor = shown(trained.predictor());
            PredictionWriter.Model kind =
                    PredictionWriter.Model.of(predictor, trained.scale().unit());
            try (PredictionWriter writer = format.writer(services.console().out(), kind)) {
                FilePixels pixels = new FilePixels(files, predictor.preprocessor());
                failed = new FilePredictions(pixels, predictor::predict).write(writer);
            }
        }
        if (failed > 0) {
            services.console().err().println(failed + " of " + files.size() + " images failed; the output says why");
        }
        return failed == 0 ? ExitCodes.DONE : ExitCodes.SOME_FAILED;
    }

    private NumClipPredictor shown(NumClipPredictor predictor) {
        if (interval == null && abstainAbove == null) {
            return predictor;
        }
        Calibration known = predictor
                .calibration()
                .orElseThrow(() -> new NumClipException(
                        NumClipException.Kind.USAGE,
                        run + ": the model is not calibrated, so its predictions have no intervals",
                        "leave --interval and --abstain-above out, or train with uncertainty.calibration above 0"));
        return predictor.calibrated(known.shownAs(
                interval == null ? known.interval() : interval,
                abstainAbove == null ? known.abstainAbove() : abstainAbove));
    }
}
