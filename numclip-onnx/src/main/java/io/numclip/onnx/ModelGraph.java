package io.numclip.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.tower.FeatureLayout;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.model.ImageAdapter;
import io.numclip.model.NumClipModel;
import io.numclip.model.NumClipPredictor;
import io.numclip.model.Part;
import io.numclip.runtime.FileForm;
import io.numclip.uncertainty.FamiliarImages;
import io.numclip.uncertainty.adjustment.Adjustment;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole model as a graph: {@code NumClipModel.forward}, and what a predictor makes of its output. */
final class ModelGraph {

    private static final int ANY = -1;

    private final Graph graph = new Graph();
    private final NumClipModel model;
    private final Optional<double[]> numbersOfWords;
    private final Optional<FamiliarImages> familiar;
    private final Adjustment adjustment;

    private ModelGraph(NumClipPredictor predictor) {
        this.model = predictor.model();
        this.numbersOfWords = predictor.numbersOfWords();
        this.familiar = predictor.familiar();
        this.adjustment = predictor.adjustment();
    }

    /**
     * @param config that of the image tower
     * @param scope owns the weights, which are there until the graph is written
     * @throws io.numclip.data.NumClipException if a head has no form in ONNX
     */
    static Graph of(NumClipPredictor predictor, ClipConfig config, NDManager scope) throws IOException {
        Map<String, NDArray> weights = predictor.model().imageTower().weights(scope);
        return new ModelGraph(predictor).build(config, weights);
    }

    private Graph build(ClipConfig config, Map<String, NDArray> weights) {
        long side = config.vision().imageSize();
        boolean int8 = model.imageTower().precision() == Precision.INT8;
        String pixels = graph.input(FileForm.PIXELS, int8 ? 1 : ANY, 3, side, side);
        FeatureLayout layout = model.imageTower().layout();
        TowerGraph.Features encoded =
                new TowerGraph(config, layout, new Weights(graph, weights, int8)).features(pixels);
        String features = graph.unit(adapted(encoded.joint())); // (N, D)
        Network network =
                new Network(graph, model, features, layout.hasMore() ? graph.unit(encoded.heads()) : features);
        String logits = CoarseHeads.forms().add(model.coarseHead(), network); // (N, K)
        Optional<DistanceGraph> distances = familiar.map(known -> new DistanceGraph(known, graph, features));
        Optional<EvidenceGraph> evidence = familiar.filter(
                        known -> known.labels().isPresent())
                .map(known -> new EvidenceGraph(known, distances.orElseThrow(), network));
        String classes = graph.softmax(logits); // (N, K)
        String probabilities =
                concepts(evidence.map(with -> with.mixed(classes)).orElse(classes));
        String value = numbersOfWords
                .map(numbers -> FineHeads.likeliest(
                        probabilities,
                        graph.weight("numbers_of_words", SameNumbers.floats(numbers), numbers.length),
                        graph))
                .orElseGet(() ->
                        adjusted(number(FineHeads.forms(logits).add(model.fineHead(), network), evidence))); // (N)
        graph.output(clamped(value), FileForm.VALUE, ANY);
        graph.output(
                probabilities, FileForm.PROBABILITIES, ANY, model.concepts().size());
        graph.output(network.features(), FileForm.FEATURES, ANY, config.projectionDim());
        distances.ifPresent(known -> graph.output(known.distance(), FileForm.DISTANCE, ANY));
        return graph;
    }

    private String number(FineHeads.Said said, Optional<EvidenceGraph> evidence) {
        return evidence.map(with -> with.number(said)).orElseGet(() -> said.mean(graph));
    }

    /** {@link ImageAdapter#adapt} */
    private String adapted(String features) {
        ImageAdapter adapter = model.adapter();
        if (adapter.parameters().isEmpty()) {
            return features;
        }
        Weights weights = new Network(graph, model, features, features).parameters(Part.ADAPTER);
        String bent = features;
        for (String name : adapter.parameters().keySet()) {
            bent = graph.call("Relu", List.of(weights.times(bent, name))); // (N, R), then (N, D)
        }
        double ratio = adapter.config().ratio();
        return graph.add(graph.multiply(bent, graph.number(ratio)), graph.multiply(features, graph.number(1 - ratio)));
    }

    private String adjusted(String value) {
        return adjustment.equals(Adjustment.NONE)
                ? value
                : graph.add(graph.multiply(value, graph.number(adjustment.slope())), graph.number(adjustment.offset()));
    }

    private String clamped(String value) {
        LabelScale scale = model.scale();
        String within =
                graph.call("Clip", List.of(value, graph.number(scale.minimum()), graph.number(scale.maximum())));
        return scale.wholeNumbers() ? graph.call("Round", List.of(within)) : within;
    }

    /** The probability of a concept is the sum of those of its classes. */
    private String concepts(String probabilities) {
        Bins classes = model.bins();
        Bins concepts = model.concepts();
        if (classes.equals(concepts)) {
            return probabilities;
        }
        float[] belongs = new float[classes.size() * concepts.size()];
        for (int k = 0; k < classes.size(); k++) {
            belongs[k * concepts.size() + concepts.indexOf(classes.get(k).anchor())] = 1;
        }
        String sums = graph.product(
                probabilities, graph.weight("concepts_of_classes", belongs, classes.size(), concepts.size()));
        return graph.call("Min", List.of(sums, graph.number(1)));
    }
}
