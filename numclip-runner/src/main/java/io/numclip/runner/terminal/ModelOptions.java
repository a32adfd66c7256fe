package io.numclip.runner.terminal;

import io.numclip.clip.Precision;
import io.numclip.host.run.TrainedModel;
import picocli.CommandLine.Option;

/** Where and how a trained model runs. */
public final class ModelOptions {

    @Option(
            names = "--device",
            defaultValue = "auto",
            paramLabel = "DEVICE",
            description = "auto, cpu or cuda:N. Default: auto.")
    private String device;

    @Option(
            names = "--precision",
            defaultValue = "auto",
            paramLabel = "PRECISION",
            description = "Arithmetic of the image tower: ${COMPLETION-CANDIDATES}. Default: auto.")
    private Precision precision;

    @Option(
            names = "--backbone",
            paramLabel = "DIR",
            description = "Where the CLIP used in training is now, if it has moved; of a recipe or of words, the CLIP.")
    private String backbone;

    public TrainedModel.Options options() {
        return new TrainedModel.Options(device, precision, backbone);
    }
}
