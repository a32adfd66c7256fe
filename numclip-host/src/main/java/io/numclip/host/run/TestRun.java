package io.numclip.host.run;

import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.host.assembly.ExperimentData;
import io.numclip.host.assembly.Predictions;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.result.Comparison;
import io.numclip.host.result.ModelComparison;
import io.numclip.host.result.Ordinality;
import io.numclip.host.result.TestFindings;
import io.numclip.host.result.TestPredictions;
import io.numclip.host.result.TestResult;
import io.numclip.input.ImageBatches;
import io.numclip.model.NumClipModel;
import io.numclip.model.NumClipPredictor;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.Cut;
import io.numclip.uncertainty.CutConfig;
import io.numclip.uncertainty.UncertaintyConfig;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Tests a trained model on a split of its own task. */
public final class TestRun {

    private TestRun() {}

    /** Tests on parts of the images, too: by bin, by shots, and by the columns of the image list. */
    public static TestResult run(
            ExperimentConfig config, TrainedModel model, Split split, ImageBatches.SkippedImages skipped)
            throws IOException {
        NumClipPredictor predictor = model.predictor();
        Optional<Calibration> calibration = predictor.calibration().map(known -> shownAs(config.uncertainty(), known));
        ExperimentData data = ExperimentData.load(config);
        requireSame(data.regionMargin(), predictor.preprocessor().regionMargin());
        List<LabeledImage> images = data.images(split);
        LabeledPredictions raw = Predictions.of(predictor.uncalibrated(), images, skipped);
        TestPredictions tested = TestPredictions.of(
                raw,
                predictor.model().concepts(),
                predictor.model().scale(),
                calibration,
                predictor.familiar(),
                split == Split.TEST ? data.learned() : List.of(),
                config.protocol().group());
        // the other splits were used for the model or its calibration
        TestPredictions known =
                split == Split.TEST ? tested : new TestPredictions(tested.predictions(), Optional.empty(), List.of());
        return result(config, predictor.model(), data, known);
    }

    private static TestResult result(
            ExperimentConfig config, NumClipModel model, ExperimentData data, TestPredictions tested) {
        ModelComparison models = new ModelComparison(
                model.concepts(),
                data.labels(Split.TRAIN),
                config.evaluation(),
                config.protocol().group());
        models.add(config.method().title(), tested.predictions());
        Comparison comparison = models.comparison();
        return new TestResult(
                comparison,
                models.parts().stream()
                        .map(part -> tested.coverage().isPresent() ? part : part.withoutCoverage())
                        .toList(),
                Ordinality.of(model),
                tested.coverage(),
                TestFindings.of(
                        config, model.concepts(), model.scale().unit(), comparison, models.differences(), tested),
                data.leaks());
    }

    private static void requireSame(double asked, double known) {
        if (asked != known) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    "task.data.regionMargin is " + asked + "; the model was trained with " + known,
                    "leave task.data.regionMargin as it was at training, or train again");
        }
    }

    private static void requireSame(List<CutConfig> asked, List<Cut> known) {
        boolean same = asked.size() == known.size()
                && IntStream.range(0, asked.size()).allMatch(i -> known.get(i).is(asked.get(i)));
        if (!same) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    "uncertainty.cuts is "
                            + asked.stream().map(CutConfig::name).toList() + "; the model has thresholds for "
                            + known.stream()
                                    .map(cut -> cut.name() + " (missing at most " + cut.budget() + ")")
                                    .toList(),
                    "leave uncertainty.cuts as it was at training, or train again");
        }
    }

    private static Calibration shownAs(UncertaintyConfig config, Calibration known) {
        if (config.coverage() != known.coverage()) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    "uncertainty.coverage is " + config.coverage() + "; the model is calibrated for a coverage of "
                            + known.coverage(),
                    "leave uncertainty.coverage as it was at training, or train again");
        }
        requireSame(config.cuts(), known.cuts());
        return known.shownAs(config.interval(), config.abstainAbove());
    }
}
