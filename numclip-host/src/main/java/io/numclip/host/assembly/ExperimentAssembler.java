package io.numclip.host.assembly;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.kernel.Devices;
import io.numclip.clip.lora.Lora;
import io.numclip.clip.lora.PeftAdapter;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.clip.tower.ImageTower;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.features.FeatureCache;
import io.numclip.host.config.Configured;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.Records;
import io.numclip.model.BaseModel;
import io.numclip.model.ConceptFeatures;
import io.numclip.model.ImageAdapter;
import io.numclip.model.ModelDescription;
import io.numclip.model.NoTexts;
import io.numclip.model.NumClipModel;
import io.numclip.spi.BinningStrategy;
import io.numclip.spi.BrokenContractException;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.NumberPrompts;
import io.numclip.spi.OrdinalTask;
import io.numclip.spi.RankingLoss;
import io.numclip.training.WeightedLoss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a run from its configuration, in the order in which data passes through it. */
public final class ExperimentAssembler {

    private ExperimentAssembler() {}

    /** A part of an experiment that may not be there. */
    @FunctionalInterface
    private interface Part {
        void look() throws IOException;
    }

    /**
     * What a configuration names and a training would not find or not take: its images with their labels, and its CLIP.
     *
     * @return the problems of both
     */
    public static List<NumClipException> problems(ExperimentConfig config) throws IOException {
        Tasks tasks = new Tasks();
        List<Part> parts = List.of(
                () -> tasks.data(config),
                () -> new SharedModels().base(config.backbone().model()));
        List<NumClipException> problems = new ArrayList<>();
        for (Part part : parts) {
            try {
                part.look();
            } catch (NumClipException problem) {
                problems.add(problem);
            }
        }
        return problems;
    }

    /** Every wrong name and range is reported before data or weights are read. */
    public static Experiment assemble(ExperimentConfig config) throws IOException {
        return assemble(config, new Tasks(), new SharedModels());
    }

    /**
     * @param tasks shared with other experiments of this process
     * @param shared likewise
     */
    public static Experiment assemble(ExperimentConfig config, Tasks tasks, SharedModels shared) throws IOException {
        return assemble(config, tasks, shared, true);
    }

    /** For yardsticks: the network is neither trained nor asked, so nothing is required of its CLIP, words neither. */
    public static Experiment unasked(ExperimentConfig config, Tasks tasks, SharedModels shared) throws IOException {
        return assemble(config, tasks, shared, false);
    }

    /**
     * An experiment without images, to look at what words alone give.
     *
     * @param config with bins that need no labels
     */
    public static Experiment ofWords(ExperimentConfig config) throws IOException {
        OrdinalTask task = Components.task(config.task());
        SharedModels shared = new SharedModels();
        BinningStrategy binning = Components.binning(config.binning(), task.scale());
        NumberPrompts wording = Components.prompts(config.prompts());
        require(config, task, shared);
        Bins bins = bins(binning, new double[0], 0);
        return built(config, wording, task.scale(), ExperimentData.unseen(bins), bins, bins, shared);
    }

    private static Experiment assemble(ExperimentConfig config, Tasks tasks, SharedModels shared, boolean asked)
            throws IOException {
        OrdinalTask task = tasks.of(config); // 2 components
        BinningStrategy binning = Components.binning(config.binning(), task.scale());
        NumberPrompts wording = Components.prompts(config.prompts());
        if (asked) {
            require(config, task, shared);
        }

        ExperimentConfig named = FoldNames.named(task, config); // 3 data
        ExperimentData data = tasks.data(named);
        Requirements.attributes(config, data);
        LabelScale scale = scale(config, task, data);
        Bins concepts = bins(binning, data.labels(Split.TRAIN), config.labelOffset()); // 4 bins
        Bins classes = isByRank(config) ? new Ranks(config.zeroShot(), scale).bins(data.labels(Split.TRAIN)) : concepts;
        return built(named, wording, scale, data, concepts, classes, shared);
    }

    /**
     * The same experiment, not trained and with other images to learn; scale, concepts and classes stay those of the training
     * images, so that what both predict can be compared.
     *
     * @param first may be closed
     */
    static Experiment again(Experiment first, List<LabeledImage> images, SharedModels shared) throws IOException {
        NumberPrompts wording = Components.prompts(first.config().prompts());
        ExperimentData data = first.data().learning(images);
        Bins classes = first.model().bins();
        return built(first.config(), wording, first.scale(), data, first.bins(), classes, shared);
    }

    private static boolean isByRank(ExperimentConfig config) {
        return config.classes() == ExperimentConfig.Classes.RANKS;
    }

    private static Experiment built(
            ExperimentConfig config,
            NumberPrompts wording,
            LabelScale scale,
            ExperimentData data,
            Bins concepts,
            Bins classes,
            SharedModels shared)
            throws IOException {
        BaseModel base = shared.base(config.backbone().model());
        ClipPreprocessor preprocessor =
                preprocessor(config.backbone(), base.directory()).around(data.regionMargin()); // 5 preprocess
        ClipBackbone backbone = backbone(config, base.directory()); // 6 backbone
        Lora lora = config.training().lowRank();
        Map<String, Parameter> matrices = backbone.adapt(lora, config.initialisationSeed());
        Experiment.Words words = words(base.directory(), backbone);
        ConceptFeatures prompts = words == null
                ? new NoTexts(classes.size(), backbone.embedDim())
                : words.prompts(
                        isByRank(config) ? new Ranks(config.zeroShot(), scale).wording(wording) : wording,
                        classes,
                        config.initialisationSeed()); // 7
        var coarse = Components.forImages(config.coarseHead(), data.labels(Split.TRAIN).length); // 8 coarse, then fine
        NumClipModel model = model(config, coarse, backbone, prompts, classes, concepts, scale);
        List<WeightedLoss> losses = losses(config, classes, backbone, data); // 9 loss
        BaseModel start = started(base, lora, matrices, model, config.initialisationSeed());
        FeatureCache features =
                shared.features(start.giving(model.imageTower().layout()), backbone.precision(), preprocessor);
        ModelDescription description = description(config, base, preprocessor, scale, coarse);
        FeatureCache pixels = shared.pixels(preprocessor);
        return new Experiment(config, scale, data, concepts, features, pixels, words, model, losses, description);
    }

    /** What is published gives numbers between the whole ones, whatever the labels are. */
    private static LabelScale scale(ExperimentConfig config, OrdinalTask task, ExperimentData data) {
        boolean asPublished = config.protocol().isReference() || config.labelOffset() != 0;
        return asPublished ? task.scale() : data.scale(task.scale());
    }

    private static ModelDescription description(
            ExperimentConfig config,
            BaseModel base,
            ClipPreprocessor preprocessor,
            LabelScale scale,
            Configured<CoarseHead.Factory<?>> coarse) {
        return new ModelDescription(
                base,
                preprocessor,
                scale,
                Records.tree(coarse),
                Records.tree(config.fineHead()),
                config.method().name(),
                config.training().lowRank());
    }

    private static void require(ExperimentConfig config, OrdinalTask task, SharedModels shared) throws IOException {
        ModelCalibration.requireOnScale(config.uncertainty().cuts(), task.scale());
        Requirements.words(config, shared);
        Requirements.features(config);
        Requirements.trainedTower(config, shared);
        Requirements.untrainedTower(config, shared);
    }

    private static List<WeightedLoss> losses(
            ExperimentConfig config, Bins classes, ClipBackbone backbone, ExperimentData data) {
        List<Integer> counts = classes.counts(data.labels(Split.TRAIN));
        return Components.losses(config.losses(), new RankingLoss.Context(classes, backbone.embedDim(), counts));
    }

    private static ClipBackbone backbone(ExperimentConfig config, Path directory) throws IOException {
        ExperimentConfig.Backbone chosen = config.backbone();
        return ClipBackbone.load(
                directory,
                chosen.side(),
                config.initialisationSeed(),
                Devices.parse(chosen.device()),
                chosen.precision());
    }

    private static ClipPreprocessor preprocessor(ExperimentConfig.Backbone config, Path directory) throws IOException {
        return ClipDirectory.preprocessor(directory)
                .at(config.side())
                .with(config.resize(), config.statistics())
                .on(config.behind());
    }

    private static Experiment.@Nullable Words words(Path directory, ClipBackbone backbone) throws IOException {
        return backbone.config().hasText()
                ? new Experiment.Words(ClipTokenizer.load(directory), backbone.textTower())
                : null;
    }

    /**
     * Overwrites low-rank changes with those that they start from. Random weights are known apart by their seed.
     *
     * @return the CLIP that training starts from
     */
    private static BaseModel started(
            BaseModel base, Lora lora, Map<String, Parameter> matrices, NumClipModel model, long seed)
            throws IOException {
        if (!lora.hasStart()) {
            return ClipDirectory.open(base.directory()).isUntrained() ? base.changedBy("seed " + seed) : base;
        }
        PeftAdapter adapter = PeftAdapter.open(Path.of(lora.from()));
        Map<String, Shape> expected = new LinkedHashMap<>();
        matrices.forEach((name, matrix) -> expected.put(name, matrix.getArray().getShape()));
        try (NDManager scope = model.imageTower().manager().newSubManager()) {
            model.restore(adapter.matrices(lora, expected, scope));
        }
        return base.changedBy(adapter.fingerprint());
    }

    /**
     * Fits bins to the labels plus the offset, then moves the bins back to the original labels. They reach beyond the
     * scale at one end, as the anchors of the published code do; numbers are clamped to the scale, not to them.
     */
    private static Bins bins(BinningStrategy binning, double[] labels, double offset) {
        double[] moved = Arrays.stream(labels).map(label -> label + offset).toArray();
        Bins bins = binning.fit(moved);
        if (bins == null) {
            throw new BrokenContractException(binning, "returns null, expected are bins");
        }
        return bins.moved(-offset);
    }

    private static NumClipModel model(
            ExperimentConfig config,
            Configured<CoarseHead.Factory<?>> coarse,
            ClipBackbone backbone,
            ConceptFeatures prompts,
            Bins classes,
            Bins concepts,
            LabelScale scale) {
        long seed = config.initialisationSeed();
        ImageAdapter adapter = new ImageAdapter(config.adapter(), backbone.embedDim(), seed, backbone.manager());
        ImageTower imageTower = backbone.imageTower().giving(config.backbone().features());
        NumClipModel.Heads heads = Components.heads(coarse, config.fineHead(), classes, imageTower.layout());
        Requirements.refit(config, heads.coarse());
        return new NumClipModel(imageTower, prompts, adapter, heads, classes, concepts, scale, seed);
    }
}
