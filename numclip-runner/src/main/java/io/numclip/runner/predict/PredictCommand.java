package io.numclip.runner.predict;

import io.numclip.host.NumClip;
import io.numclip.host.run.TrainedModel;
import io.numclip.runner.terminal.ExitCodes;
import io.numclip.runner.terminal.ImagePaths;
import io.numclip.runner.terminal.ModelOptions;
import io.numclip.runner.terminal.Services;
import io.numclip.uncertainty.IntervalForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Predicts a number for each image with a trained model. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Predicts a number for each image. An image that cannot be read gets a row with the reason and"
                + " does not stop the others.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip predict runs/age-1 portrait.jpg",
            "  numclip predict runs/age-1 photos/ --format csv > ages.csv",
            "  numclip predict runs/age-1 photos/ --abstain-above 20",
            "  numclip predict runs/age-1 a.png b.png --format json | jq '.[].value'"
        })
public final class PredictCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "RUN", description = "A run folder, written by 'numclip train'.")
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
            description = "text, json or csv (file, value, a probability for each concept, error, and the uncertainty)."
                    + " Default: text.")
    private PredictionWriter.Format format;

    @Option(
            names = "--interval",
            paramLabel = "FORM",
            description = "Which interval is shown: ${COMPLETION-CANDIDATES}. Default: as set in training.")
    private IntervalForm interval;

    @Option(
            names = "--abstain-above",
            paramLabel = "WIDTH",
            description = "Marks predictions whose interval is wider than this, in the unit of the scale; 0: none."
                    + " Default: as set in training.")
    private Double abstainAbove;

    @Option(
            names = "--attribute",
            paramLabel = "NAME=VALUE",
            description =
                    "An attribute of all images, such as sex=female, for the intervals group and weighted. Where it is"
                            + " not known, intervals are as wide as for any group.")
    private Map<String, String> attributes = Map.of();

    @Mixin
    private ModelOptions model;

    private final Services services;

    public PredictCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        List<Path> files = ImagePaths.find(paths, services.console().err()::println);
        AtomicInteger failed = new AtomicInteger();
        AtomicInteger strange = new AtomicInteger();
        try (NumClip model = NumClip.open(run, services.catalog(), options());
                PredictionWriter writer = format.writer(services.console().out(), PredictionWriter.Model.of(model))) {
            model.predict(files, (index, prediction) -> {
                writer.write(files.get(index).toString(), prediction);
                failed.addAndGet(prediction.isFailed() ? 1 : 0);
                strange.addAndGet(prediction.isStrange() ? 1 : 0);
            });
            int predicted = files.size() - failed.get();
            model.familiar()
                    .filter(familiar -> familiar.isUnlikely(strange.get(), predicted))
                    .ifPresent(familiar -> warn(strange.get(), predicted, familiar.rate()));
        }
        if (failed.get() == 0) {
            return ExitCodes.DONE;
        }
        services.console().err().println(failed + " of " + files.size() + " images failed; the output says why");
        return ExitCodes.SOME_FAILED;
    }

    private void warn(int strange, int images, double rate) {
        services.console()
                .err()
                .println(
                        strange + " of " + images + " images look unlike those of the training, more than the share of "
                                + rate + " that chance allows; numbers and intervals may be wrong for such images");
    }

    private NumClip.Options options() {
        TrainedModel.Options where = model.options();
        return new NumClip.Options(where.device(), where.precision(), where.base(), interval, abstainAbove, attributes);
    }
}
