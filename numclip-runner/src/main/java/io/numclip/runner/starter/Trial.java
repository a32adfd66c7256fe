package io.numclip.runner.starter;

import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.Setting;
import io.numclip.host.run.Experiment;
import io.numclip.host.run.ExperimentAssembler;
import io.numclip.host.run.ExperimentData;
import io.numclip.host.run.SharedModels;
import io.numclip.host.run.Tasks;
import io.numclip.host.run.Yardsticks;
import io.numclip.training.EpochResult;
import io.numclip.training.Trainer;
import io.numclip.training.TrainingListener;
import io.numclip.training.TrainingStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Trains a few settings for a short time each, and compares their errors on validation images; test images are not looked at.
 * Where there are few validation images, training and validation images are divided again and again.
 */
final class Trial {

    /** By how much the first of two settings may be worse in a short training and is still chosen: it pays late. */
    private static final double HIGH_RATE = 1.2;

    private static final double WARPED = 1.5;
    private static final double LEARNED = 1.5;
    private static final double CLIP = 2;

    private static final double[] OTHER_RATES = {1e-3, 3e-3, 1e-2};
    private static final int FROZEN_EPOCHS = 100;
    private static final int LEARNED_EPOCHS = 30;
    private static final int PACE_IMAGES = 128;

    /** A training of the tower takes twice the time of a training without it. */
    private static final int SLICES = 2 * 3 + OTHER_RATES.length;

    /**
     * @param mae on the validation images of all parts, in the unit of the task; infinite: training diverged
     * @param epochs 0: nothing was trained
     */
    record Row(String title, double mae, int epochs) {}

    /**
     * @param rows the simple predictors, then what was trained
     * @param validated how many predictions each error is the mean of
     */
    record Result(List<Row> rows, StarterTraining proposal, int trained, int validated, Duration time) {}

    private final Function<List<Setting>, ExperimentConfig> configs;
    private final Tasks tasks = new Tasks();
    private final SharedModels models = new SharedModels();
    private final List<TrialPart> parts;
    private final Duration time;
    private final int images;
    private final Consumer<String> begins;

    /** Means over the parts. */
    private final Map<StarterTraining, Row> tried = new LinkedHashMap<>();

    private Trial(
            Function<List<Setting>, ExperimentConfig> configs, Duration time, boolean again, Consumer<String> begins)
            throws IOException {
        this.configs = configs;
        this.time = time;
        this.begins = begins;
        ExperimentData data = ExperimentData.load(configs.apply(List.of()), tasks);
        images = data.images(Split.TRAIN).size();
        parts = TrialPart.of(data.images(Split.TRAIN), data.images(Split.VALIDATION), again);
    }

    /**
     * @param configs the file with some settings above it
     * @param time for all trainings together, about
     * @param again whether training and validation images may be divided anew
     * @param begins told what is tried next
     */
    static Result run(
            Function<List<Setting>, ExperimentConfig> configs, Duration time, boolean again, Consumer<String> begins)
            throws IOException {
        return new Trial(configs, time, again, begins).run();
    }

    private Result run() throws IOException {
        long start = System.nanoTime();
        List<Row> rows = new ArrayList<>(yardsticks());
        StarterTraining warped = preferred(tower(1e-3).warped(), tower(3e-4).warped(), HIGH_RATE);
        StarterTraining learned = preferred(warped, tower(warped.towerRate()), WARPED);
        StarterTraining clip = preferred(learned, frozen(), LEARNED);
        StarterTraining chosen = preferred(clip, StarterTraining.ofPixels(), CLIP);
        rows.addAll(tried.values());
        int validated =
                parts.stream().mapToInt(part -> part.validation().size()).sum();
        return new Result(
                rows, chosen, parts.get(0).train().size(), validated, Duration.ofNanos(System.nanoTime() - start));
    }

    private StarterTraining tower(double rate) {
        return StarterTraining.of(images, rate);
    }

    private StarterTraining frozen() throws IOException {
        StarterTraining best = tower(0).withOtherRate(OTHER_RATES[0]);
        for (double rate : OTHER_RATES) {
            best = preferred(best, tower(0).withOtherRate(rate), 1);
        }
        return best;
    }

    private StarterTraining preferred(StarterTraining late, StarterTraining early, double factor) throws IOException {
        return isPreferred(mae(late), mae(early), factor) ? late : early;
    }

    /** Also where both diverged. */
    static boolean isPreferred(double late, double early, double factor) {
        return late <= factor * early;
    }

    private double mae(StarterTraining training) throws IOException {
        if (!tried.containsKey(training)) {
            tryOut(training);
        }
        return Objects.requireNonNull(tried.get(training)).mae();
    }

    /** On the parts that there is time for, at least one. */
    private void tryOut(StarterTraining training) throws IOException {
        begins.accept(training.title());
        if (training.isOfPixels()) {
            tryOut(training, 0, Double.POSITIVE_INFINITY);
            return;
        }
        double slice = time.toNanos() / 1e9 / SLICES * (training.isFrozen() ? 1 : 2);
        long start = System.nanoTime();
        tryOut(training, epochs(training, slice / parts.size()), slice - seconds(start));
    }

    private void tryOut(StarterTraining training, int epochs, double slice) throws IOException {
        long start = System.nanoTime();
        double sum = 0;
        int count = 0;
        for (TrialPart part : parts) {
            if (count == 0 || seconds(start) < slice) {
                sum += error(training, part, epochs, new Watch(slice))
                        * part.validation().size();
                count += part.validation().size();
            }
        }
        tried.put(training, new Row(training.title(), sum / count, epochs));
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** As many as fit into the time, by the time that an epoch over few images takes. */
    private int epochs(StarterTraining training, double seconds) throws IOException {
        TrialPart few = parts.get(0).first(PACE_IMAGES);
        Watch pace = new Watch(Double.POSITIVE_INFINITY);
        error(training, few, 2, pace);
        double epoch = pace.last / few.size() * parts.get(0).size();
        int most = training.isFrozen() ? FROZEN_EPOCHS : LEARNED_EPOCHS;
        return (int) Math.max(1, Math.min(most, seconds / epoch));
    }

    private double error(StarterTraining training, TrialPart part, int epochs, Watch listener) throws IOException {
        try (Experiment experiment =
                ExperimentAssembler.assemble(configs.apply(training.settings(epochs)), tasks, models)) {
            return new Trainer(
                            experiment.model(),
                            experiment.description(),
                            experiment.losses(),
                            experiment.config().orderedTraining(),
                            experiment.features(),
                            TrainingStore.memory(),
                            listener)
                    .fit(part.train(), part.validation())
                    .bestValidationMae();
        } catch (TimeIsUp enough) {
            return listener.least;
        } catch (NumClipException failure) {
            if (failure.kind() != NumClipException.Kind.DIVERGED) {
                throw failure;
            }
            return Double.POSITIVE_INFINITY;
        }
    }

    private List<Row> yardsticks() throws IOException {
        begins.accept("simple predictors");
        Map<Yardsticks.Kind, Double> sums = new LinkedHashMap<>();
        try (Experiment experiment = ExperimentAssembler.assemble(configs.apply(List.of()), tasks, models)) {
            for (TrialPart part : parts) {
                Yardsticks.validationErrors(experiment, part.train(), part.validation(), TrainingListener.NONE)
                        .forEach((kind, mae) -> sums.merge(kind, mae / parts.size(), Double::sum));
            }
        }
        return sums.entrySet().stream()
                .map(each -> new Row(each.getKey().title(), each.getValue(), 0))
                .toList();
    }

    /** Ends a training that takes longer than its time. */
    private static final class TimeIsUp extends RuntimeException {
        private static final long serialVersionUID = 1;

        TimeIsUp() {
            super("", null, false, false);
        }
    }

    /** Notes the lowest error. */
    private static final class Watch implements TrainingListener {

        private final double seconds;
        private final long start = System.nanoTime();
        private double least = Double.POSITIVE_INFINITY;
        private double last;

        Watch(double seconds) {
            this.seconds = seconds;
        }

        @Override
        public void epochFinished(EpochResult result) {
            least = Math.min(least, result.validationMae());
            last = result.seconds();
            if (seconds(start) > seconds) {
                throw new TimeIsUp();
            }
        }
    }
}
