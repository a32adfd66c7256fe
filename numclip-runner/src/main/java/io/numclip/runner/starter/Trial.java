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
import io.numclip.runner.starter.StarterTraining.Method;
import io.numclip.training.EpochResult;
import io.numclip.training.Trainer;
import io.numclip.training.TrainingListener;
import io.numclip.training.TrainingResult;
import io.numclip.training.TrainingStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Trains a few settings for a short time each, and compares their errors on validation images; test images are not looked at.
 * Where there are few validation images, training and validation images are divided again and again.
 */
final class Trial {

    /**
     * By how much a setting that pays late may be worse after a moment of training and is still chosen; after a whole training
     * it must be as good. Whole trainings of a tower were up to eight times better than tried ones.
     */
    private static final double WARPED = 1.1;

    private static final double LEARNED = 2;

    private static final double TOWER_RATE = 1e-3;
    private static final double[] OTHER_RATES = {1e-3, 3e-3, 1e-2};
    private static final int PACE_IMAGES = 128;
    private static final int PACE_EPOCHS = 4; // the first ones are slow

    /** Shares of the time; a trained tower needs more of it. */
    private static final double TOWER = 0.375;

    /** Of the rates of a frozen tower, and of the two probes. Neighbours take next to no time. */
    private static final double FROZEN = (1 - 2 * TOWER) / (OTHER_RATES.length + 2);

    /** For trainings, whatever simple predictors have taken. */
    private static final double LEAST_TIME = 0.5;

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
    private final Optional<String> newInTest;
    private final List<TrialPart> parts;
    private final Duration time;
    private final boolean perNumber;
    private final int images;
    private final int validated;
    private final Consumer<String> begins;

    private final Map<StarterTraining, Tried> tried = new LinkedHashMap<>();

    /** Seconds for all trainings, once it is known what simple predictors have taken. */
    private double trainable;

    /**
     * @param errors after each epoch, on the validation images of the first parts
     * @param epochs of each
     */
    private record Tried(List<List<Double>> errors, int epochs) {}

    private Trial(
            Function<List<Setting>, ExperimentConfig> configs,
            Duration time,
            LabelSurvey survey,
            Consumer<String> begins)
            throws IOException {
        this.configs = configs;
        this.time = time;
        this.begins = begins;
        ExperimentData data = ExperimentData.load(configs.apply(List.of()), tasks);
        perNumber = StarterBins.of(survey.labels()).perNumber();
        images = data.images(Split.TRAIN).size();
        validated = data.images(Split.VALIDATION).size();
        newInTest = survey.newInTest();
        parts = survey.namesSplits()
                ? TrialPart.asNamed(data.images(Split.TRAIN), data.images(Split.VALIDATION), newInTest)
                : TrialPart.of(data.images(Split.TRAIN), data.images(Split.VALIDATION));
    }

    /**
     * @param configs the file with some settings above it
     * @param time for all trainings together, about
     * @param survey of the same images; where it names splits, training and validation images are divided anew only if test images are of
     *     other groups
     * @param begins told what is tried next
     */
    static Result run(
            Function<List<Setting>, ExperimentConfig> configs,
            Duration time,
            LabelSurvey survey,
            Consumer<String> begins)
            throws IOException {
        return new Trial(configs, time, survey, begins).run();
    }

    private Result run() throws IOException {
        long start = System.nanoTime();
        List<Row> rows = new ArrayList<>(yardsticks());
        trainable = Math.max(LEAST_TIME * time.toSeconds(), time.toSeconds() - seconds(start));
        double warped = images <= TrialPart.MOST_TRAINED ? WARPED : 1; // changes stand in for images
        StarterTraining learned = preferred(tower(TOWER_RATE).warped(), tower(TOWER_RATE), warped);
        double longer = newInTest.isPresent() ? 1 : LEARNED; // what is learned longer fits the groups that are there
        StarterTraining chosen = preferred(learned, frozen(), longer);
        for (Method simple : EnumSet.complementOf(EnumSet.of(Method.NUMCLIP))) {
            chosen = preferred(chosen, tower(0).with(simple, perNumber), longer);
        }
        tried.forEach((training, result) ->
                rows.add(new Row(training.title(), least(parts, result.errors()), result.epochs())));
        return new Result(
                rows, chosen, parts.get(0).train().size(), predictions(), Duration.ofNanos(System.nanoTime() - start));
    }

    private int predictions() {
        return parts.stream().mapToInt(part -> part.validation().size()).sum();
    }

    private StarterTraining tower(double rate) {
        return StarterTraining.of(images, validated, rate);
    }

    private StarterTraining frozen() throws IOException {
        StarterTraining best = tower(0).withOtherRate(OTHER_RATES[0]);
        for (double rate : OTHER_RATES) {
            best = preferred(best, tower(0).withOtherRate(rate), 1);
        }
        return best;
    }

    private StarterTraining preferred(StarterTraining late, StarterTraining early, double factor) throws IOException {
        Tried one = tried(late);
        Tried other = tried(early);
        int common = Math.min(one.errors().size(), other.errors().size());
        List<TrialPart> both = parts.subList(0, common);
        return isPreferred(least(both, one.errors()), least(both, other.errors()), factor, done(late, one))
                ? late
                : early;
    }

    /**
     * Also where both diverged.
     *
     * @param done the share of the whole training that the late one has had
     */
    static boolean isPreferred(double late, double early, double factor, double done) {
        return late <= Math.pow(factor, 1 - done) * early;
    }

    /** By the number of images seen; all of it where nothing is trained. */
    private double done(StarterTraining training, Tried result) {
        if (!training.isTrained()) {
            return 1;
        }
        double seen = (double) result.epochs() * parts.get(0).train().size();
        return Math.min(1, seen / ((double) training.epochs() * images));
    }

    /**
     * The lowest mean over the validation images of the first parts, after the same epoch of each: the least of every few images
     * would be an accident. Infinite where one of the trainings diverged.
     */
    static double least(List<TrialPart> parts, List<List<Double>> errors) {
        int used = Math.min(parts.size(), errors.size());
        int epochs = errors.stream().limit(used).mapToInt(List::size).min().orElse(0);
        return IntStream.range(0, epochs)
                .mapToDouble(epoch -> mean(parts.subList(0, used), errors, epoch))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static double mean(List<TrialPart> parts, List<List<Double>> errors, int epoch) {
        double sum = 0;
        int count = 0;
        for (int part = 0; part < parts.size(); part++) {
            int size = parts.get(part).validation().size();
            sum += errors.get(part).get(epoch) * size;
            count += size;
        }
        return sum / count;
    }

    private Tried tried(StarterTraining training) throws IOException {
        if (!tried.containsKey(training)) {
            begins.accept(training.title());
            tried.put(training, tryOut(training));
        }
        return Objects.requireNonNull(tried.get(training));
    }

    private Tried tryOut(StarterTraining training) throws IOException {
        if (!training.isTrained()) {
            return tryOut(training, 0, Double.POSITIVE_INFINITY);
        }
        double slice = trainable * (training.isFrozen() ? FROZEN : TOWER);
        long start = System.nanoTime();
        int epochs = epochs(training, slice);
        return tryOut(training, epochs, slice - seconds(start));
    }

    /** On the parts that there is time for, at least one. */
    private Tried tryOut(StarterTraining training, int epochs, double slice) throws IOException {
        long start = System.nanoTime();
        List<List<Double>> errors = new ArrayList<>();
        double longest = 0;
        for (TrialPart part : parts) {
            double before = seconds(start);
            if (errors.isEmpty() || before + longest < slice) {
                Watch watch = new Watch(slice - before);
                List<Double> found = errors(training, part, epochs, watch);
                if (errors.isEmpty() || !watch.isUp) {
                    errors.add(found);
                }
                longest = Math.max(longest, seconds(start) - before);
            }
        }
        return new Tried(errors, epochs);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** As many as fit into the time, for one part, by the time that an epoch over few images takes. */
    private int epochs(StarterTraining training, double seconds) throws IOException {
        TrialPart few = parts.get(0).first(PACE_IMAGES);
        Watch pace = new Watch(Double.POSITIVE_INFINITY);
        errors(training, few, PACE_EPOCHS, pace);
        double epoch = pace.shortest / few.size() * parts.get(0).size();
        int whole = StarterTraining.epochs(parts.get(0).train().size());
        return (int) Math.max(1, Math.min(whole, seconds / epoch));
    }

    /** After each epoch, up to the end of the time; none if it diverged. */
    private List<Double> errors(StarterTraining training, TrialPart part, int epochs, Watch listener)
            throws IOException {
        try (Experiment experiment =
                ExperimentAssembler.assemble(configs.apply(training.settings(epochs)), tasks, models)) {
            TrainingResult result = new Trainer(
                            experiment.model(),
                            experiment.description(),
                            experiment.losses(),
                            experiment.config().orderedTraining(),
                            experiment.features(),
                            TrainingStore.memory(),
                            listener)
                    .fit(part.train(), part.validation());
            return training.isTrained() ? listener.errors : List.of(result.bestValidationMae());
        } catch (TimeIsUp enough) {
            return listener.errors;
        } catch (NumClipException failure) {
            if (failure.kind() != NumClipException.Kind.DIVERGED) {
                throw failure;
            }
            return List.of();
        }
    }

    private List<Row> yardsticks() throws IOException {
        begins.accept("simple predictors");
        Map<Yardsticks.Kind, Double> means = new LinkedHashMap<>();
        double all = predictions();
        try (Experiment experiment = ExperimentAssembler.assemble(configs.apply(List.of()), tasks, models)) {
            for (TrialPart part : parts) {
                Yardsticks.validationErrors(experiment, part.train(), part.validation(), TrainingListener.NONE)
                        .forEach((kind, mae) ->
                                means.merge(kind, mae * part.validation().size() / all, Double::sum));
            }
        }
        return means.entrySet().stream()
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

    /** Notes the errors. */
    private static final class Watch implements TrainingListener {

        private final double seconds;
        private final long start = System.nanoTime();
        private final List<Double> errors = new ArrayList<>();
        private double shortest = Double.POSITIVE_INFINITY;
        private boolean isUp;

        Watch(double seconds) {
            this.seconds = seconds;
        }

        @Override
        public void epochFinished(EpochResult result) {
            errors.add(result.validationMae());
            shortest = Math.min(shortest, result.seconds());
            if (seconds(start) > seconds) {
                isUp = true;
                throw new TimeIsUp();
            }
        }
    }
}
