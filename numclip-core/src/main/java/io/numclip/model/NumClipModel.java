package io.numclip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.numclip.clip.kernel.NoGradient;
import io.numclip.clip.tower.FeatureLayout;
import io.numclip.clip.tower.ImageTower;
import io.numclip.clip.tower.ParameterVersion;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.spi.BrokenContractException;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.ConceptNumbers;
import io.numclip.spi.FineHead;
import io.numclip.spi.NumClipOutput;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The assembled network: pixels in, a number out. Owns its image tower; everything is frozen until {@link #train}.
 * Notation: N images, K number concepts, D width of the joint space.
 */
public final class NumClipModel implements AutoCloseable {

    /** Text features are cached between calls as long as none of these parts is trained. */
    private static final Part[] TEXT_PARTS = {Part.TEXT_ENCODER, Part.CONTEXT, Part.CONCEPTS};

    private static final double LARGEST_LOGIT_SCALE = 100;
    private static final int ROWS = 16; // predictions are computed for a multiple of so many images
    private static final String COARSE = "coarse_head.";
    private static final String FINE = "fine_head.";

    private final ImageTower imageTower;
    private final ConceptFeatures conceptFeatures;
    private final ImageAdapter adapter;
    private final Heads heads;
    private final Bins bins;
    private final Bins concepts;
    private final LabelScale scale;
    private final Map<Part, Map<String, Parameter>> parameters = new EnumMap<>(Part.class);
    private final Set<Part> changed = EnumSet.noneOf(Part.class);
    private @Nullable NDArray prototypes;
    private int prototypesVersion;

    /**
     * The two heads.
     *
     * @param coarseReadsTexts whether the coarse head compares images with texts, for which it gets the vectors of the joint space
     */
    public record Heads(CoarseHead coarse, FineHead fine, boolean coarseReadsTexts) {}

    /** A network whose classes are the number concepts, and whose heads get the vectors of the joint space. */
    public NumClipModel(
            ImageTower imageTower,
            ConceptFeatures conceptFeatures,
            ImageAdapter adapter,
            CoarseHead coarseHead,
            FineHead fineHead,
            Bins bins,
            LabelScale scale,
            long seed) {
        this(imageTower, conceptFeatures, adapter, new Heads(coarseHead, fineHead, true), bins, bins, scale, seed);
    }

    /**
     * @param adapter of the vectors of the joint space
     * @param heads initialised here, unless they already are
     * @param bins the K classes of the heads
     * @param concepts in whose terms the network predicts; they cover the same scale
     * @param scale the labels of the task; bins that were moved by a label offset reach beyond it
     * @param seed of the heads' initial parameters, each of which has random numbers of its own
     */
    public NumClipModel(
            ImageTower imageTower,
            ConceptFeatures conceptFeatures,
            ImageAdapter adapter,
            Heads heads,
            Bins bins,
            Bins concepts,
            LabelScale scale,
            long seed) {
        this.imageTower = imageTower;
        this.conceptFeatures = conceptFeatures;
        this.adapter = adapter;
        this.heads = heads;
        this.bins = bins;
        this.concepts = concepts;
        this.scale = scale;
        initializeHeads(new HeadInitializer(imageTower.manager(), seed));
        parameters.put(Part.IMAGE_ENCODER, imageTower.trainable());
        parameters.put(Part.TEXT_ENCODER, conceptFeatures.encoderParameters());
        parameters.put(Part.ADAPTER, adapter.parameters());
        parameters.put(Part.CONTEXT, conceptFeatures.contextParameters());
        parameters.put(Part.CONCEPTS, conceptFeatures.conceptParameters());
        parameters.put(Part.COARSE_HEAD, named(COARSE, heads.coarse()));
        parameters.put(Part.FINE_HEAD, named(FINE, heads.fine()));
        parameters.put(Part.LOGIT_SCALE, Map.of("logit_scale", imageTower.logitScale()));
        for (Part part : Part.values()) {
            train(part, false);
        }
    }

    /**
     * @param pixels (N, 3, H, W) float32, normalised
     * @param training true keeps the graph
     */
    public NumClipOutput forward(NDArray pixels, boolean training) {
        return forwardFeatures(encodeImages(pixels, training), training);
    }

    /** @return the image tower's rows of pixels (N, 3, H, W): the input of {@link #forwardFeatures} */
    public NDArray encodeImages(NDArray pixels, boolean training) {
        return imageTower.encode(pixels, training); // (N, width)
    }

    /**
     * Like {@link #forward}, but from the features of the image tower; for frozen towers.
     *
     * @param backboneFeatures rows as {@link ImageTower#encode} gives them
     */
    public NumClipOutput forwardFeatures(NDArray backboneFeatures, boolean training) {
        return training
                ? coarseToFine(backboneFeatures, textFeatures(backboneFeatures.getManager()), true)
                : NoGradient.get(() -> first(backboneFeatures, predicted(fullRows(backboneFeatures))));
    }

    /**
     * The output in a training step.
     *
     * @param backboneFeatures rows as {@link ImageTower#encode} gives them
     * @param texts of {@link #trainedTexts}
     */
    public NumClipOutput forwardFeatures(NDArray backboneFeatures, TrainedTexts texts) {
        return coarseToFine(backboneFeatures, texts.features(), true);
    }

    /** The text features (K, D) of a training step, normalised. */
    public TrainedTexts trainedTexts(NDManager scope) {
        if (!isTextTrained()) {
            return TrainedTexts.inGraph(ScopedParameters.view(prototypes(), scope)); // (K, D)
        }
        TrainedTexts texts = conceptFeatures.trainedTexts(scope);
        return new TrainedTexts(normalize(texts.features()), texts.backward());
    }

    /**
     * An output, and what its numbers are made of.
     *
     * @param numbers empty: the fine head does not say
     */
    record Explained(NumClipOutput output, Optional<ConceptNumbers> numbers) {}

    /** As {@link #forwardFeatures}, without a graph. */
    Explained explainFeatures(NDArray backboneFeatures) {
        return NoGradient.get(() -> {
            NumClipOutput full = predicted(fullRows(backboneFeatures));
            ScopedParameters scoped = new ScopedParameters(backboneFeatures.getManager());
            NDIndex asked = asked(backboneFeatures);
            return new Explained(
                    first(backboneFeatures, full),
                    heads.fine()
                            .conceptNumbers(scoped, full.logits(), full.headFeatures())
                            .map(found -> new ConceptNumbers(
                                    found.weights().get(asked), found.numbers().get(asked))));
        });
    }

    /**
     * Matrix libraries add up in another order where there are only a few rows, or an odd number. The features of the first
     * image fill the rows up, so that the number of an image does not depend on how many come with it.
     */
    private static NDArray fullRows(NDArray backboneFeatures) {
        long images = backboneFeatures.getShape().get(0);
        long missing = (ROWS - images % ROWS) % ROWS;
        if (missing == 0 || images == 0) {
            return backboneFeatures;
        }
        NDArray first = backboneFeatures.get(new NDIndex("0:1")); // (1, width)
        return backboneFeatures.concat(first.repeat(0, missing)); // (N + missing, width)
    }

    /** What was found for the images, without the rows that filled them up. */
    private static NumClipOutput first(NDArray backboneFeatures, NumClipOutput output) {
        if (output.value().getShape().get(0) == backboneFeatures.getShape().get(0)) {
            return output;
        }
        NDIndex asked = asked(backboneFeatures);
        return new NumClipOutput(
                output.imageFeatures().get(asked),
                output.textFeatures(),
                output.logits().get(asked),
                output.value().get(asked),
                output.headFeatures().get(asked));
    }

    private static NDIndex asked(NDArray backboneFeatures) {
        return new NDIndex("0:{}", backboneFeatures.getShape().get(0));
    }

    private NumClipOutput predicted(NDArray backboneFeatures) {
        return coarseToFine(
                backboneFeatures, ScopedParameters.view(prototypes(), backboneFeatures.getManager()), false);
    }

    /** @param textFeatures (K, D) normalised */
    private NumClipOutput coarseToFine(NDArray backboneFeatures, NDArray textFeatures, boolean training) {
        NDManager scope = backboneFeatures.getManager();
        ScopedParameters scoped = new ScopedParameters(scope);
        FeatureLayout layout = imageTower.layout();
        NDArray imageFeatures = normalize(adapter.adapt(layout.joint(backboneFeatures))); // (N, D)
        NDArray headFeatures = layout.hasMore() ? normalize(layout.heads(backboneFeatures)) : imageFeatures; // (N, E)
        NDArray scale = logitScale(scope); // ()
        NDArray compared = heads.coarseReadsTexts() ? imageFeatures : headFeatures; // (N, D) or (N, E)
        NDArray logits = heads.coarse().logits(scoped, compared, textFeatures, scale, training); // (N, K)
        long images = imageFeatures.getShape().get(0);
        require(
                heads.coarse(),
                logits,
                new Shape(images, textFeatures.getShape().get(0)));
        NDArray value = heads.fine().refine(scoped, logits, headFeatures, training); // (N)
        require(heads.fine(), value, new Shape(images));
        return new NumClipOutput(imageFeatures, textFeatures, logits, value, headFeatures);
    }

    private static void require(Object head, @Nullable NDArray output, Shape expected) {
        if (output == null || !output.getShape().equals(expected)) {
            throw new BrokenContractException(
                    head,
                    "returns " + (output == null ? "null" : "the shape " + output.getShape()) + ", expected is "
                            + expected);
        }
    }

    /** @return () the factor by which cosines are multiplied; gradients of it reach the parameter */
    public NDArray logitScale(NDManager scope) {
        return ScopedParameters.view(imageTower.logitScale().getArray(), scope)
                .exp()
                .clip(0, LARGEST_LOGIT_SCALE);
    }

    private NDArray textFeatures(NDManager scope) {
        return isTextTrained()
                ? normalize(conceptFeatures.textFeatures(scope, true)) // (K, D)
                : ScopedParameters.view(prototypes(), scope); // (K, D)
    }

    /** (K, D) normalised text features, without a graph; owned by the model, valid until a parameter changes. */
    public synchronized NDArray prototypes() {
        ParameterVersion version = imageTower.version();
        int now = isTextTrained() ? version.ofTrained() : version.ofFrozen();
        NDArray known = prototypes;
        if (known != null && prototypesVersion == now) {
            return known;
        }
        if (known != null) {
            known.close();
        }
        prototypesVersion = now;
        try (NDManager scope = imageTower.manager().newSubManager()) {
            NDArray fresh = NoGradient.get(() -> normalize(conceptFeatures.textFeatures(scope, false))); // (K, D)
            fresh.attach(imageTower.manager());
            prototypes = fresh;
            return fresh;
        }
    }

    /** The prompts of the K classes in words; see {@link ConceptFeatures#sentences}. */
    public List<List<String>> sentences() {
        return conceptFeatures.sentences();
    }

    /** Rows of length 1. */
    static NDArray normalize(NDArray features) {
        NDArray length = features.norm(new int[] {1}, true); // (N, 1)
        return features.div(length); // (N, D)
    }

    /** The number on the label scale that is nearest to a value. */
    public double clamp(double value) {
        return scale.clamp(value);
    }

    /** All parameters of a part by the names that a model directory uses. */
    public Map<String, Parameter> parameters(Part part) {
        return parameters.get(part);
    }

    /** Whether a part is trained. */
    public boolean isTrained(Part part) {
        return parameters(part).values().stream().anyMatch(Parameter::requiresGradient);
    }

    /** Makes a part trainable, or freezes it. */
    public void train(Part part, boolean trained) {
        parameters(part).values().forEach(parameter -> parameter.freeze(!trained));
        if (trained) {
            changed.add(part);
        }
        imageTower.version().parametersReplaced();
    }

    /** Whether a part's parameters may differ from those that the model was built with. */
    public boolean isChanged(Part part) {
        return changed.contains(part);
    }

    /** Overwrites parameters; those without an entry keep their values. */
    public void restore(Map<String, NDArray> values) {
        parameters.forEach((part, named) -> named.forEach((name, parameter) -> {
            if (values.containsKey(name)) {
                NoGradient.set(parameter, values.get(name));
                changed.add(part);
            }
        }));
        imageTower.version().parametersReplaced();
    }

    public ImageTower imageTower() {
        return imageTower;
    }

    public ImageAdapter adapter() {
        return adapter;
    }

    public CoarseHead coarseHead() {
        return heads.coarse();
    }

    public FineHead fineHead() {
        return heads.fine();
    }

    /** What the coarse head sees of the images of an output. */
    public NDArray coarseFeatures(NumClipOutput output) {
        return heads.coarseReadsTexts() ? output.imageFeatures() : output.headFeatures(); // (N, D) or (N, E)
    }

    /** The K classes of the heads: the number concepts, or one for each rank. */
    public Bins bins() {
        return bins;
    }

    /** The number concepts of predictions. */
    public Bins concepts() {
        return concepts;
    }

    public LabelScale scale() {
        return scale;
    }

    @Override
    public void close() {
        imageTower.close();
    }

    /** Whether anything is trained that text features depend on. */
    public boolean isTextTrained() {
        for (Part part : TEXT_PARTS) {
            if (isTrained(part)) {
                return true;
            }
        }
        return false;
    }

    private void initializeHeads(HeadInitializer initializer) {
        Shape joint = new Shape(1, imageTower.embedDim());
        Shape features = new Shape(1, imageTower.layout().headWidth());
        Shape texts = new Shape(bins.size(), imageTower.embedDim());
        initializer.initialize(heads.coarse(), COARSE, heads.coarseReadsTexts() ? joint : features, texts, new Shape());
        initializer.initialize(heads.fine(), FINE, new Shape(1, bins.size()), features);
    }

    private static Map<String, Parameter> named(String prefix, Block head) {
        Map<String, Parameter> result = new LinkedHashMap<>();
        head.getParameters().forEach(pair -> result.put(prefix + pair.getKey(), pair.getValue()));
        return result;
    }
}
