package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.evaluation.EvaluationConfig;
import io.numclip.evaluation.Evaluator;
import io.numclip.host.result.NamedImage;
import io.numclip.spi.BinningStrategy;
import io.numclip.spi.InvalidSettingException;
import io.numclip.uncertainty.CalibratedPredictions;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.Calibrator;
import io.numclip.uncertainty.IntervalForm;
import io.numclip.uncertainty.UncertaintyConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Metrics, bins and intervals of labels and predictions as no data set should have them. */
class FigureProperties {

    private final List<BinningStrategy.Factory<?>> binnings = BuiltIns.of(BinningStrategy.Factory.class).stream()
            .<BinningStrategy.Factory<?>>map(factory -> (BinningStrategy.Factory<?>) factory)
            .toList();

    /** A metric is finite or has no entry. */
    @Property(shrinking = ShrinkingMode.OFF)
    void metricsAreFiniteOrUndefined(@ForAll long seed) {
        Extremes batch = new Extremes(seed);
        Evaluator evaluator = new Evaluator(
                batch.bins, batch.labels, EvaluationConfig.defaults().withoutIntervals());
        evaluator
                .figures(batch.labels, predictions(batch))
                .values()
                .forEach((metric, figure) -> assertThat(Double.isFinite(figure))
                        .as("%s is %s, %s", metric, figure, batch)
                        .isTrue());
    }

    /** Bins cover the scale in order, or it is said why they cannot. */
    @Property(shrinking = ShrinkingMode.OFF)
    void binningsCoverTheScaleOrSayWhyNot(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LabelScale scale = new LabelScale(0, 1 + random.nextInt(100), "things");
        double[] labels = labels(random, scale);
        for (BinningStrategy.Factory<?> factory : binnings) {
            try {
                Bins bins = strategy(factory, scale).fit(labels);
                assertThat(bins.get(0).lower()).as(factory.type()).isLessThanOrEqualTo(scale.minimum());
                assertThat(bins.get(bins.size() - 1).upper())
                        .as(factory.type())
                        .isGreaterThanOrEqualTo(scale.maximum());
                for (Bin bin : bins) {
                    assertThat(bin.anchor()).as("%s %s", factory.type(), bins).isBetween(bin.lower(), bin.upper());
                }
            } catch (NumClipException | InvalidSettingException said) {
                assertThat(said).as(factory.type()).hasMessageContaining(" ");
            }
        }
    }

    /** An interval of each form ends where the scale does, and holds its value or the end of the scale. */
    @Property(shrinking = ShrinkingMode.OFF)
    void intervalsAreFinite(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Bins bins = new Extremes(seed).bins;
        LabelScale scale =
                new LabelScale(bins.get(0).lower(), bins.get(bins.size() - 1).upper(), "things");
        LabeledPredictions shaping = labeled(random, bins, scale, 10 + random.nextInt(60));
        LabeledPredictions calibrating = labeled(random, bins, scale, 10 + random.nextInt(60));
        for (IntervalForm form :
                List.of(IntervalForm.PLAIN, IntervalForm.NORMALISED, IntervalForm.PER_BIN, IntervalForm.CQR)) {
            UncertaintyConfig defaults = UncertaintyConfig.defaults();
            UncertaintyConfig config =
                    new UncertaintyConfig(0.9, 0.5, form, defaults.strange(), 0, "", defaults.target(), List.of());
            Calibration calibration =
                    new Calibrator(bins, scale, config, "").fit(shaping.labels(), shaping, calibrating);
            CalibratedPredictions calibrated = new CalibratedPredictions(calibration, bins, scale);
            for (Prediction prediction : calibrated.calibrated(calibrating).predictions()) {
                Uncertainty.Interval interval = prediction.interval().orElseThrow();
                assertThat(interval.lower()).as("%s", form).isBetween(scale.minimum(), scale.maximum());
                assertThat(interval.upper()).as("%s", form).isBetween(scale.minimum(), scale.maximum());
                double nearest = scale.clamp(prediction.value());
                assertThat(form == IntervalForm.CQR || interval.contains(nearest))
                        .as("%s", form)
                        .isTrue();
                assertThat(Arrays.stream(prediction.probabilities()).allMatch(Double::isFinite))
                        .isTrue();
            }
        }
    }

    private static <C extends Record> BinningStrategy strategy(BinningStrategy.Factory<C> factory, LabelScale scale) {
        return factory.create(factory.defaults(), scale);
    }

    /** Often one label only, or one label a million times as rare as another. */
    private static double[] labels(SplittableRandom random, LabelScale scale) {
        int kinds = 1 + random.nextInt(6);
        double[] kept = new double[kinds];
        Arrays.setAll(kept, i -> Math.rint(random.nextDouble() * scale.maximum() * 4) / 4);
        Arrays.setAll(kept, i -> Math.min(kept[i], scale.maximum()));
        double[] labels = new double[1 + random.nextInt(200)];
        Arrays.setAll(labels, n -> kept[random.nextInt(10) == 0 ? random.nextInt(kinds) : 0]);
        return labels;
    }

    private static List<Prediction> predictions(Extremes batch) {
        float[] values = batch.values();
        List<Prediction> predictions = new ArrayList<>();
        for (int n = 0; n < batch.images; n++) {
            double[] logits = new double[batch.classes];
            int row = n * batch.classes;
            Arrays.setAll(logits, k -> batch.logits[row + k]);
            predictions.add(prediction(values[n], softmax(logits), batch.bins));
        }
        return predictions;
    }

    private static LabeledPredictions labeled(SplittableRandom random, Bins bins, LabelScale scale, int images) {
        List<LabeledImage> labels = new ArrayList<>();
        List<Prediction> predictions = new ArrayList<>();
        double magnitude = Math.pow(10, random.nextInt(-2, 4));
        boolean equal = random.nextInt(5) == 0;
        for (int n = 0; n < images; n++) {
            double label = equal ? scale.minimum() : random.nextDouble(scale.minimum(), scale.maximum());
            labels.add(NamedImage.labeled("image " + n, label, "image " + n));
            double[] logits = random.doubles(bins.size(), -magnitude, magnitude).toArray();
            double value = random.nextInt(4) == 0 ? label : label + random.nextDouble(-1, 1) * magnitude;
            predictions.add(prediction(value, softmax(logits), bins));
        }
        return new LabeledPredictions(labels, predictions);
    }

    private static Prediction prediction(double value, double[] probabilities, Bins bins) {
        List<Prediction.Concept> concepts = new ArrayList<>();
        for (int k = 0; k < probabilities.length; k++) {
            concepts.add(new Prediction.Concept(bins.get(k).concept(), probabilities[k]));
        }
        return new Prediction(value, concepts);
    }

    private static double[] softmax(double... logits) {
        double most = Arrays.stream(logits).max().orElseThrow();
        double[] shares = Arrays.stream(logits).map(x -> Math.exp(x - most)).toArray();
        double sum = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(share -> share / sum).toArray();
    }
}
