package io.numclip.runner.experiment;

import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.data.Prediction;
import io.numclip.evaluation.Evaluation;
import io.numclip.evaluation.Evaluator;
import io.numclip.evaluation.LongTail;
import io.numclip.evaluation.Shots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;

/** What models said about test images, to be compared as a whole or in parts. */
final class ModelAnswers {

    private record Answered(List<LabeledImage> images, List<Prediction> predictions) {

        Answered where(DoublePredicate label) {
            List<LabeledImage> some = new ArrayList<>();
            List<Prediction> theirs = new ArrayList<>();
            for (int i = 0; i < images.size(); i++) {
                if (label.test(images.get(i).label())) {
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
    private final Map<String, Answered> models = new LinkedHashMap<>();

    ModelAnswers(Bins bins, double[] trainingLabels) {
        this.bins = bins;
        this.trainingLabels = trainingLabels;
    }

    /** @param predictions one for each image, in terms of the bins */
    void add(String model, List<LabeledImage> images, List<Prediction> predictions) {
        models.put(model, new Answered(images, predictions));
    }

    Comparison comparison() {
        return comparison(label -> true).orElseThrow(() -> new IllegalStateException("no model was asked"));
    }

    View longTail() {
        LongTail tail = new LongTail(trainingLabels);
        Map<String, Comparison> parts = new LinkedHashMap<>();
        for (Shots shots : Shots.values()) {
            comparison(label -> tail.shots(label) == shots).ifPresent(part -> parts.put(shots.toString(), part));
        }
        return new View(View.LONG_TAIL, parts);
    }

    private Optional<Comparison> comparison(DoublePredicate label) {
        Map<String, Evaluation> evaluations = new LinkedHashMap<>();
        models.forEach((model, answered) -> {
            Answered some = answered.where(label);
            if (!some.images().isEmpty()) {
                evaluations.put(model, Evaluator.evaluate(bins, trainingLabels, some.labels(), some.predictions()));
            }
        });
        return evaluations.isEmpty() ? Optional.empty() : Optional.of(Comparison.of(evaluations));
    }
}
