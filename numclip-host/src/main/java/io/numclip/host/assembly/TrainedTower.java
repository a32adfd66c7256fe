package io.numclip.host.assembly;

import io.numclip.clip.Precision;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.training.TrainingConfig;
import java.io.IOException;

/** Whether an image tower that is to be trained can be trained. */
final class TrainedTower {

    private TrainedTower() {}

    /**
     * Reads the configuration of the model, and no weights.
     *
     * @throws NumClipException if training would change the weights of an image tower that has none, or has them in int8
     */
    static void require(ExperimentConfig config, SharedModels models) throws IOException {
        TrainingConfig training = config.training();
        String setting = setting(training);
        String model = config.backbone().model();
        if (!setting.isEmpty() && config.backbone().precision() == Precision.INT8) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "%s; backbone.precision: int8 is for image towers that are not trained".formatted(setting),
                    "Set " + setting.substring(0, setting.indexOf(':')) + " to 0, or take another precision.");
        }
        if (!setting.isEmpty() && !models.clip(model).vision().hasNetwork()) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "%s; backbone.model: %s has no network, so there is nothing to train in it"
                            .formatted(setting, model),
                    "Set " + setting.substring(0, setting.indexOf(':')) + " to 0, or name a CLIP as backbone.model.");
        }
    }

    /** The one by which a tower is trained, with its value; empty if none is. */
    private static String setting(TrainingConfig training) {
        if (training.lora().hasRank()) {
            return "training.lora.rank: " + training.lora().rank();
        }
        return training.isImageTowerFrozen()
                ? ""
                : "training.learningRates.imageEncoder: "
                        + training.learningRates().imageEncoder();
    }
}
