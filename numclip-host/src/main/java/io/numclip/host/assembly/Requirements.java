package io.numclip.host.assembly;

import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.tower.FeatureLayout;
import io.numclip.data.NearestName;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Split;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.Protocol;
import io.numclip.host.result.ImageParts;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.FittedCoarseHead;
import io.numclip.training.Refit;
import io.numclip.training.TrainingConfig;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;

/** What settings ask of the images and of the CLIP. Of the CLIP only its configuration is read, and no weights. */
final class Requirements {

    /** The methods of the program that need no words, the most common first. */
    static final List<String> WITHOUT_WORDS = List.of(
            "linear-probe",
            "ridge",
            "neighbours",
            "kernel",
            "regression",
            "cross-entropy",
            "coral",
            "corn",
            "cumulative-link",
            "sord",
            "dldl",
            "dldl-v2",
            "emd",
            "mean-variance",
            "weighted-kappa",
            "binomial",
            "poisson",
            "triangular",
            "beta",
            "exponential",
            "pairwise-ranking",
            "rank-n-contrast",
            "mlp-regression",
            "mlp-cross-entropy",
            "mlp-dldl-v2");

    private Requirements() {}

    /** @throws NumClipException if a setting names an attribute that no image has */
    static void attributes(ExperimentConfig config, ExperimentData data) {
        attribute("uncertainty.group", config.uncertainty().group(), data);
        attribute("uncertainty.target.attribute", config.uncertainty().target().attribute(), data);
        String group = config.protocol().group();
        if (!group.equals(Protocol.defaults().group())) { // which images need not have
            attribute("protocol.group", group, data);
        }
    }

    private static void attribute(String setting, String name, ExperimentData data) {
        if (name.isEmpty()) {
            return;
        }
        TreeSet<String> known = new TreeSet<>();
        for (Split split : Split.values()) {
            known.addAll(ImageParts.columns(data.images(split)));
        }
        if (!known.contains(name)) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    setting + ": no image has the attribute '" + name + "'" + NearestName.question(name, known),
                    known.isEmpty()
                            ? "leave it out, or give the list of images a column of that name"
                            : "choose one of " + String.join(", ", known) + ", or leave it out");
        }
    }

    /** @throws NumClipException if the method needs words and the CLIP has an image tower only */
    static void words(ExperimentConfig config, SharedModels models) throws IOException {
        String reader = config.readerOfWords();
        if (reader.isEmpty()) {
            return;
        }
        String model = config.backbone().model();
        if (!models.clip(model).hasText()) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "backbone.model: %s has an image tower only, and reads no words; the method %s needs them for %s"
                            .formatted(model, config.method().name(), reader),
                    "Use a model with both towers, or one of the methods without words: "
                            + String.join(", ", WITHOUT_WORDS) + ".");
        }
    }

    /** @throws NumClipException if an adapter would bend vectors that nothing looks at */
    static void features(ExperimentConfig config) {
        FeatureLayout.Choice features = config.backbone().features();
        if (features != FeatureLayout.Choice.PROJECTED
                && config.adapter().ratio() > 0
                && config.readerOfWords().isEmpty()) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "backbone.features: " + features + "; adapter.ratio: "
                            + config.adapter().ratio()
                            + ": an adapter bends projected features, and with a head without words nothing looks at them",
                    "Set adapter.ratio to 0, or backbone.features to projected.");
        }
    }

    /** @throws NumClipException if the validation images are to be learned and the head chooses numbers by them */
    static void refit(ExperimentConfig config, CoarseHead head) {
        if (config.training().refit() == Refit.ALL && head instanceof FittedCoarseHead) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "training.refit: expected none for the coarse head "
                            + config.coarseHead().type()
                            + ", which chooses its numbers by validation images that it must not have learned; found all",
                    "Leave training.refit out, or choose another method.");
        }
    }

    /** @throws NumClipException if training would change the weights of an image tower that has none, or has them in int8 */
    static void trainedTower(ExperimentConfig config, SharedModels models) throws IOException {
        TrainingConfig training = config.training();
        String setting = trainedBy(training);
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

    /** @throws NumClipException if a network that has seen nothing yet is not to learn, or only low-rank changes of it are */
    static void untrainedTower(ExperimentConfig config, SharedModels models) throws IOException {
        String model = config.backbone().model();
        String obstacle = obstacle(config.training());
        if (!obstacle.isEmpty()
                && ClipDirectory.open(models.base(model).directory()).isUntrained()) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "backbone.model: %s has seen no pictures, and its weights must learn; found %s"
                            .formatted(model, obstacle),
                    "Choose a method that trains the image tower, such as regression or dldl-v2, and leave"
                            + " training.learningRates.imageEncoder to the recipe.");
        }
    }

    /** The setting that keeps the weights of a tower from learning, with its value; empty if they learn. */
    private static String obstacle(TrainingConfig training) {
        if (training.lora().hasRank()) {
            return trainedBy(training);
        }
        if (training.epochs() == 0) {
            return "training.epochs: 0";
        }
        return training.isImageTowerFrozen() ? "training.learningRates.imageEncoder: 0" : "";
    }

    /** The one by which a tower is trained, with its value; empty if none is. */
    private static String trainedBy(TrainingConfig training) {
        if (training.lora().hasRank()) {
            return "training.lora.rank: " + training.lora().rank();
        }
        return training.isImageTowerFrozen()
                ? ""
                : "training.learningRates.imageEncoder: "
                        + training.learningRates().imageEncoder();
    }
}
