package io.numclip.host.config;

import io.numclip.clip.Precision;
import io.numclip.clip.pixels.PixelStatistics;
import io.numclip.clip.pixels.Resizing;
import io.numclip.clip.tower.FeatureLayout;
import io.numclip.evaluation.EvaluationConfig;
import io.numclip.image.Background;
import io.numclip.model.ImageAdapter;
import io.numclip.spi.BinningStrategy;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.FineHead;
import io.numclip.spi.InvalidSettingException;
import io.numclip.spi.NumberPrompts;
import io.numclip.spi.OrdinalTask;
import io.numclip.spi.RegionFinder;
import io.numclip.training.Refit;
import io.numclip.training.Schedule;
import io.numclip.training.TrainingConfig;
import io.numclip.training.optimizer.LearningRates;
import io.numclip.training.progress.Kept;
import io.numclip.uncertainty.UncertaintyConfig;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that defines a run. The record components are the sections of the YAML file, and the type of a section
 * says what it may contain.
 *
 * @param labelOffset added to labels before they are cut into bins, as the published code subtracts 1 from every label;
 *     predicted numbers are not shifted
 * @param binning gives the number concepts
 * @param classes what the heads tell apart
 * @param losses the terms of the objective; a term of weight 0 is off
 * @param yardsticks whether simple predictors are fitted for comparison
 * @param follow who follows the training while it runs
 * @param regions finds the region of a picture that is the image, where the data names none; left out: the whole picture is
 */
public record ExperimentConfig(
        Method method,
        Configured<OrdinalTask.Factory<?>> task,
        Backbone backbone,
        double labelOffset,
        Configured<BinningStrategy.Factory<?>> binning,
        Classes classes,
        Configured<NumberPrompts.Factory<?>> prompts,
        ImageAdapter.Config adapter,
        Configured<CoarseHead.Factory<?>> coarseHead,
        Configured<FineHead.Factory<?>> fineHead,
        List<ConfiguredLoss> losses,
        TrainingConfig training,
        Seeds seeds,
        ZeroShot zeroShot,
        boolean yardsticks,
        Protocol protocol,
        EvaluationConfig evaluation,
        UncertaintyConfig uncertainty,
        @Nullable Follow follow,
        @Nullable Configured<RegionFinder.Factory<?>> regions) {

    /** What may change when a run is resumed: how long it trains, where it runs, and what is only measured. */
    private static final Set<String> CHANGEABLE = Set.of(
            "method",
            "task",
            "backbone.model",
            "backbone.device",
            "training.epochs",
            "training.patience",
            "training.pixelCacheMegabytes",
            "zeroShot",
            "yardsticks",
            "protocol",
            "evaluation",
            "uncertainty",
            "follow",
            "regions"); // whose images are compared themselves

    private static final int LARGEST_IMAGE = 4096;

    public ExperimentConfig {
        losses = List.copyOf(losses);
        if (!Double.isFinite(labelOffset)) {
            throw new InvalidSettingException("labelOffset", "must be a number; found " + labelOffset);
        }
        if (losses.stream().noneMatch(loss -> loss.weight() > 0)) {
            throw new InvalidSettingException("losses", "must name at least one loss with a weight above 0");
        }
        if (training.refit() == Refit.ALL && protocol.saysWhatIsLearned()) {
            throw new InvalidSettingException(
                    "training.refit",
                    "must be none with protocol.selection reference, fewShot or shift, which say which images are learned;"
                            + " found all");
        }
    }

    /** What the heads tell apart. */
    public enum Classes {
        /** The number concepts. */
        CONCEPTS,
        /** Every number of {@code zeroShot.binning}, as most rivals were published; predictions are in concepts. */
        RANKS
    }

    /**
     * The CLIP model that NumCLIP builds on.
     *
     * @param model {@code embedded}, {@code embedded-1.0} (that of version 1.0.0), {@code pixels}, {@code small-network}, or a
     *     Hugging Face CLIP directory
     * @param device {@code auto}, {@code cpu} or {@code cuda:N}
     * @param statistics mean and standard deviation for normalising pixels
     * @param resize how images of another shape are brought to the input size of the image tower
     * @param imageSize side of the images that the tower gets, in pixels; 0: its own. Its positions are resized
     * @param background what transparent pixels are seen on: white, black, gray or a colour such as "#808080"; none: alpha is
     *     dropped, and the colour stored under it is seen
     * @param features what the fine head gets of an image, and a coarse head that reads no words: projected, pooled (before the
     *     projection) or layers
     */
    public record Backbone(
            String model,
            String device,
            Precision precision,
            PixelStatistics statistics,
            Resizing resize,
            int imageSize,
            String background,
            FeatureLayout.Choice features) {

        public Backbone {
            if (model.isBlank()) {
                throw new InvalidSettingException(
                        "model", "must be 'embedded', 'pixels' or a directory; found nothing");
            }
            if (!device.matches("auto|cpu|cuda(:\\d{1,2})?")) {
                throw new InvalidSettingException("device", "must be auto, cpu or cuda:N; found " + device);
            }
            if (imageSize < 0 || imageSize > LARGEST_IMAGE) {
                throw new InvalidSettingException(
                        "imageSize", "must be 0, the model's own, or up to 4096 pixels; found " + imageSize);
            }
            if (Background.parse(background).isEmpty()) {
                throw new InvalidSettingException("background", Background.expectedNot(background));
            }
            if (precision == Precision.FP16) {
                throw new InvalidSettingException(
                        "precision",
                        "must be auto, fp32 or bf16 in training, or int8 with a frozen tower, because the range of"
                                + " fp16 is too small for gradients; embed and predict have --precision fp16");
            }
        }

        /** Side of the images; null for the model's own. */
        public @Nullable Integer side() {
            return imageSize == 0 ? null : imageSize;
        }

        /** What is behind the images. */
        public Background behind() {
            return Background.parse(background).orElseThrow();
        }

        public static Backbone defaults() {
            return new Backbone(
                    "embedded",
                    "auto",
                    Precision.AUTO,
                    PixelStatistics.MODEL,
                    Resizing.MODEL,
                    0,
                    Background.NONE.name(),
                    FeatureLayout.Choice.PROJECTED);
        }
    }

    /**
     * How the untrained CLIP predicts for comparison: with the recipe's own concepts, and with number words.
     *
     * @param numberContext words before a number word, such as {@code the age of the person is}
     * @param binning gives the number words, which are also the classes of {@code classes: ranks}
     * @param coarseHead matches images and words
     * @param fineHead turns the probabilities into a number, without training
     */
    public record ZeroShot(
            String numberContext,
            Configured<BinningStrategy.Factory<?>> binning,
            Configured<CoarseHead.Factory<?>> coarseHead,
            Configured<FineHead.Factory<?>> fineHead) {}

    /** What the task is called: its own name, or its type. */
    @SuppressWarnings("unchecked") // the settings were read for this factory
    public String taskName() {
        return ((OrdinalTask.Factory<Record>) task.factory()).name(task.settings());
    }

    /** The component that looks at words; empty if none does. */
    public String readerOfWords() {
        if (coarseHead.factory().readsTexts()) {
            return "coarseHead " + coarseHead.type();
        }
        return losses.stream()
                .filter(loss -> loss.weight() > 0 && loss.loss().factory().readsTexts())
                .map(loss -> "loss " + loss.type())
                .findFirst()
                .orElse("");
    }

    /** The same experiment with another test fold. */
    public ExperimentConfig withFold(String fold) {
        return Records.with(this, "protocol", protocol.withFold(fold));
    }

    /** The same experiment, which nobody follows. */
    public ExperimentConfig withoutFollow() {
        return Records.with(this, "follow", null);
    }

    /** The same experiment with another factor on all learning rates. */
    public ExperimentConfig withRateFactor(double factor) {
        LearningRates rates = training.learningRates().withFactor(factor);
        return Records.with(this, "training", Records.with(training, "learningRates", rates));
    }

    public long initialisationSeed() {
        return orMaster(seeds.initialisation());
    }

    public long drawsSeed() {
        return orMaster(seeds.draws());
    }

    public long dataSeed() {
        return orMaster(seeds.data());
    }

    private long orMaster(@Nullable Long seed) {
        return seed == null ? training.seed() : seed;
    }

    /** What the trainer is given: its seed is that of the order of images. */
    public TrainingConfig orderedTraining() {
        return Records.with(training, "seed", orMaster(seeds.order()));
    }

    /** That of a training that no image judges: the last epoch is kept. */
    public TrainingConfig unjudgedTraining() {
        return Records.with(Records.with(orderedTraining(), "patience", 0), "keep", Kept.LAST);
    }

    /** The full configuration, as stored in a run folder; training with it repeats the run. */
    public String toYaml() {
        String stamp = protocol.isReference() ? "# " + Protocol.REFERENCE_STAMP + "\n" : "";
        return stamp + YamlWriter.write(toTree());
    }

    public Map<String, Object> toTree() {
        return Records.tree(this);
    }

    /**
     * The settings that a resumed run must keep, by their full names. Its images and its CLIP must be the same, too, but may
     * lie elsewhere: they are compared themselves.
     */
    public Map<String, String> lasting() {
        Set<String> changeable = new HashSet<>(CHANGEABLE);
        if (training.schedule() == Schedule.COSINE) {
            changeable.remove("training.epochs"); // the rates of every epoch depend on it
        }
        if (classes == Classes.RANKS) {
            changeable.remove("zeroShot"); // its words are those of the ranks
        }
        Map<String, String> kept = new LinkedHashMap<>();
        toTree().forEach((name, value) -> keep(name, value, changeable, kept));
        return kept;
    }

    private static void keep(String name, @Nullable Object value, Set<String> changeable, Map<String, String> kept) {
        if (changeable.contains(name)) {
            return;
        }
        if (value instanceof Map<?, ?> section) {
            section.forEach((key, inner) -> keep(name + "." + key, inner, changeable, kept));
        } else if (value instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)) {
            for (int i = 0; i < list.size(); i++) {
                keep(name + "." + i, list.get(i), changeable, kept);
            }
        } else {
            kept.put(name, String.valueOf(value));
        }
    }
}
