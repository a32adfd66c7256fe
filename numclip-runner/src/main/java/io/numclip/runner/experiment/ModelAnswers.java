package io.numclip.runner.experiment;

import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.data.Prediction;
import io.numclip.evaluation.Evaluation;
import io.numclip.evaluation.EvaluationConfig;
import io.numclip.evaluation.Evaluator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What models said about test images, to be compared as a whole or in parts. */
final class ModelAnswers {

    private record Answered(List<LabeledImage> images, List<Prediction> predictions) {

        Answered where(Predicate<LabeledImage> part) {
            List<LabeledImage> some = new ArrayList<>();
            List<Prediction> theirs = new ArrayList<>();
            for (int i = 0; i < images.size(); i++) {
                if (part.test(images.get(i))) {
                    some.add(images.get(i));
                    theirs.add(predictions.get(i));
                }
            }
            return new Answered(some, theirs);
        }

        double[] labels() {
            return images.stream().mapToDouble(LabeledImage::label).toArray();
        }
    }

    private final Bins bins;
    private final double[] trainingLabels;
    private final EvaluationConfig config;
    private final Map<String, Answered> models = new LinkedHashMap<>();

    ModelAnswers(Bins bins, double[] trainingLabels, EvaluationConfig config) {
        this.bins = bins;
        this.trainingLabels = trainingLabels;
        this.config = config;
    }

    /** @param predictions one for each image, in terms of the bins */
    void add(String model, List<LabeledImage> images, List<Prediction> predictions) {
        models.put(model, new Answered(images, predictions));
    }

    Comparison comparison() {
        return comparison(image -> true).orElseThrow(() -> new IllegalStateException("no model was asked"));
    }

    /** @param name {@link View#LONG_TAIL}, {@link View#BIN} or an attribute of the images */
    View view(String name) {
        ImageParts parts = ImageParts.by(name, bins, trainingLabels);
        Map<String, Comparison> comparisons = new LinkedHashMap<>();
        for (String part : parts.names(images())) {
            comparison(image -> parts.of(image).equals(part))
                    .ifPresent(comparison -> comparisons.put(part, comparison));
        }
        return new View(name, comparisons);
    }

    private List<LabeledImage> images() {
        return models.values().stream()
                .flatMap(answered -> answered.images().stream())
                .toList();
    }

    private Optional<Comparison> comparison(Predicate<LabeledImage> part) {
        Map<String, Evaluation> evaluations = new LinkedHashMap<>();
        models.forEach((model, answered) -> {
            Answered some = answered.where(part);
            if (!some.images().isEmpty()) {
                evaluations.put(
                        model, Evaluator.evaluate(bins, trainingLabels, some.labels(), some.predictions(), config));
            }
        });
        return evaluations.isEmpty() ? Optional.empty() : Optional.of(Comparison.of(evaluations));
    }
}
