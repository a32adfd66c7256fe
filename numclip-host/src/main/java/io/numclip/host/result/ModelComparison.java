package io.numclip.host.result;

import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.evaluation.Clusters;
import io.numclip.evaluation.EvaluationConfig;
import io.numclip.evaluation.Evaluator;
import io.numclip.evaluation.Figures;
import io.numclip.evaluation.PairedComparison;
import io.numclip.evaluation.Resampling;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Predictions of models for test images, compared on all images or on parts of them. */
public final class ModelComparison {

    private final Bins bins;
    private final double[] trainingLabels;
    private final EvaluationConfig config;
    private final Evaluator evaluator;
    private final String group;
    private final Map<String, LabeledPredictions> models = new LinkedHashMap<>();

    /** @param group attribute that says which images belong together: intervals sample them together */
    public ModelComparison(Bins bins, double[] trainingLabels, EvaluationConfig config, String group) {
        this.bins = bins;
        this.trainingLabels = trainingLabels;
        this.config = config;
        this.evaluator = new Evaluator(bins, trainingLabels, config);
        this.group = group;
    }

    /** @param predictions in terms of the bins */
    public void add(String model, LabeledPredictions predictions) {
        models.put(model, predictions);
    }

    /** The comparison on all images. */
    public Comparison comparison() {
        return comparison(image -> true).orElseThrow(() -> new IllegalStateException("no model was added"));
    }

    /** All models by bin and by shots; the one that was added last alone by the attributes of its images. */
    public List<Parts> parts() {
        ModelComparison trained = new ModelComparison(bins, trainingLabels, config, group);
        trained.add(lastName(), last());
        return Stream.concat(
                        Stream.of(parts(Parts.BIN), parts(Parts.LONG_TAIL)),
                        ImageParts.attributes(last().images()).stream().map(trained::parts))
                .toList();
    }

    /**
     * The model that was added last is the trained one.
     *
     * @param name {@link Parts#LONG_TAIL}, {@link Parts#BIN} or an attribute of the images
     */
    public Parts parts(String name) {
        ImageParts parts = ImageParts.by(name, bins, trainingLabels);
        Map<String, Comparison> comparisons = new LinkedHashMap<>();
        Map<String, PartFigures> trained = new LinkedHashMap<>();
        for (String part : parts.names(images())) {
            Predicate<LabeledImage> inPart = image -> parts.of(image).equals(part);
            comparison(inPart).ifPresent(comparison -> comparisons.put(part, comparison));
            LabeledPredictions some = last().where(inPart);
            if (some.size() > 0) {
                trained.put(part, PartFigures.of(some, config, group));
            }
        }
        return new Parts(name, comparisons, trained);
    }

    /**
     * The model that was added last against each of the others and the best constant, by the absolute errors of the images
     * that both have.
     *
     * @return the last model's error minus the other's, by the name of the other; empty if there are no intervals, or the
     *     images are of fewer than 2 clusters
     */
    public Map<String, PairedComparison> differences() {
        Map<String, PairedComparison> differences = new LinkedHashMap<>();
        String name = lastName();
        PredictionsByName last = PredictionsByName.of(last());
        double constant = evaluator.constant();
        double[] errorsOfConstant = Arrays.stream(last.predictions().labels())
                .map(label -> Math.abs(constant - label))
                .toArray();
        against(last, last, errorsOfConstant).ifPresent(difference -> differences.put(Comparison.CONSTANT, difference));
        models.forEach((model, predictions) -> {
            if (!model.equals(name)) {
                against(last, PredictionsByName.of(predictions), predictions.errors())
                        .ifPresent(difference -> differences.put(model, difference));
            }
        });
        return differences;
    }

    private Optional<PairedComparison> against(
            PredictionsByName last, PredictionsByName other, double[] errorsOfOther) {
        List<String> common = last.in(other);
        Clusters clusters = ImageClusters.of(last.images(common), group);
        if (config.resamples() == 0 || clusters.count() < 2) {
            return Optional.empty();
        }
        return Optional.of(PairedComparison.of(
                last.pick(common, last.predictions().errors()),
                other.pick(common, errorsOfOther),
                clusters,
                new int[common.size()],
                new Resampling(config.resamples(), config.seed())));
    }

    private String lastName() {
        return List.copyOf(models.keySet()).get(models.size() - 1);
    }

    private LabeledPredictions last() {
        return Objects.requireNonNull(models.get(lastName()));
    }

    private List<LabeledImage> images() {
        return models.values().stream()
                .flatMap(predictions -> predictions.images().stream())
                .toList();
    }

    private Optional<Comparison> comparison(Predicate<LabeledImage> part) {
        Map<String, LabeledPredictions> parts = new LinkedHashMap<>();
        models.forEach((model, predictions) -> {
            LabeledPredictions some = predictions.where(part);
            if (some.size() > 0) {
                parts.put(model, some);
            }
        });
        return parts.values().stream().findFirst().map(first -> compared(parts, first));
    }

    private Comparison compared(Map<String, LabeledPredictions> parts, LabeledPredictions first) {
        Map<String, Figures> figures = new LinkedHashMap<>();
        parts.forEach((model, some) ->
                figures.put(model, evaluator.figures(some.labels(), some.predictions(), clusters(some))));
        Figures constants = evaluator.figuresOfConstants(first.labels(), clusters(first));
        return Comparison.of(first.size(), evaluator, constants, figures);
    }

    private Clusters clusters(LabeledPredictions predictions) {
        return ImageClusters.of(predictions.images(), group);
    }
}
