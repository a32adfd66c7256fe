package io.numclip.spark.job;

import io.numclip.host.message.ExitCodes;
import io.numclip.spark.NumClipScorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Numbers of many images. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Gives every image of a folder a number, as 'numclip predict' does.")
final class ScoreJob implements Callable<Integer> {

    @Option(
            names = "--model",
            required = true,
            paramLabel = "RUN",
            description =
                    "A run folder that every machine has under this path, or that was shipped: --archives run.zip#run"
                            + " and --model run.")
    private String model;

    @Option(
            names = "--digest",
            defaultValue = "",
            paramLabel = "SHA256",
            description = "Of the model, for a driver that does not have it. Default: that of --model on the driver.")
    private String digest;

    @Mixin
    private PluginsOption plugins;

    @Option(
            names = "--backbone",
            defaultValue = "",
            paramLabel = "DIR",
            description =
                    "The CLIP that the model stands on, on every machine or shipped. Default: where it was at training.")
    private String backbone;

    @Mixin
    private ArithmeticOptions arithmetic;

    @Mixin
    private JobInput input;

    private final JobServices services;

    ScoreJob(JobServices services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        NumClipScorer scorer = new NumClipScorer()
                .setModel(model)
                .setDigest(digest)
                .setPlugins(plugins.folder())
                .setBackbone(backbone)
                .setDevice(arithmetic.device())
                .setPrecision(arithmetic.precision())
                .setInputCol(InputKind.IMAGE)
                .setOutputCol(Stage.FOUND);
        Stage stage = new Stage(
                scorer::transform,
                String.valueOf(Path.of(model).getFileName()),
                scorer.expectedDigest(),
                scorer.decidedPrecision().toString());
        new ImageJob(services.session(), input, services.progress()).run(stage, true);
        return ExitCodes.DONE;
    }
}
