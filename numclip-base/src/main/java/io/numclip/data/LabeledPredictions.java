package io.numclip.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A model's predictions for images whose numbers are known.
 *
 * @param images (N)
 * @param predictions (N) in the order of the images
 */
public record LabeledPredictions(List<LabeledImage> images, List<Prediction> predictions) {

    public LabeledPredictions {
        images = List.copyOf(images);
        predictions = List.copyOf(predictions);
        if (images.size() != predictions.size()) {
            throw new IllegalArgumentException(
                    "each image needs a prediction; found " + images.size() + " and " + predictions.size());
        }
    }

    public int size() {
        return images.size();
    }

    /** The true numbers (N), in the unit of the label scale. */
    public double[] labels() {
        return images.stream().mapToDouble(LabeledImage::label).toArray();
    }

    /** The predicted numbers (N), in the unit of the label scale. */
    public double[] values() {
        return predictions.stream().mapToDouble(Prediction::value).toArray();
    }

    /** Absolute errors (N). */
    public double[] errors() {
        double[] errors = new double[size()];
        for (int n = 0; n < errors.length; n++) {
            errors[n] = Math.abs(images.get(n).label() - predictions.get(n).value());
        }
        return errors;
    }

    /** The predictions for some of the images. */
    public LabeledPredictions where(Predicate<LabeledImage> some) {
        List<LabeledImage> theirImages = new ArrayList<>();
        List<Prediction> theirPredictions = new ArrayList<>();
        for (int n = 0; n < size(); n++) {
            if (some.test(images.get(n))) {
                theirImages.add(images.get(n));
                theirPredictions.add(predictions.get(n));
            }
        }
        return new LabeledPredictions(theirImages, theirPredictions);
    }
}
