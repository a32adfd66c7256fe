package io.numclip.runner.starter;

import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.evaluation.Evaluator;
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
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Trains a few settings for a short time each, and compares their errors on validation images; test images are not looked at.
 * Where there are few validation images, training and validation images are divided again and again.
 */
final class Trial {

    /**
     * By how much a setting that pays late may be worse after a moment of training and is still chosen; after a whole training
     * by as much as chance explains. Whole trainings of a tower were up to eight times better than tried ones.
     */
    private static final double WARPED = 1.1;

    private static final double LEARNED = 1.5;

    static final String CONSTANT = "always the same number, the median";

    private static final double[] OTHER_RATES = {1e-3, 3e-3, 1e-2};
    private static final int PACE_IMAGES = 128;
    private static final int PACE_VIEWS = 4 * PACE_IMAGES; // the first ones are slow, until code is compiled

    /** Fewer cannot tell two towers apart, and the time is needed for one, so that all parts are tried. */
    private static final int ENOUGH_FOR_MORE_TOWERS = 100;

    /** With fewer images than that: the best of seven others looks good by chance. */
    private static final double STANDARD_ERRORS = 3;

    /** A tower that leaves less than this share of a constant's error learns fast. */
    private static final double FAST = 0.25;

    /** Shares of the time; trained towers need more of it. */
    private static final double TOWERS = 0.75;

    /** Of the rates of a frozen tower, and of the two probes. Neighbours take next to no time. */
    private static final double FROZEN = (1 - TOWERS) / (OTHER_RATES.length + 2);

    /** A tower that has had less of a whole training may still learn something. */
    private static final double ENOUGH_TO_LEARN = 0.2;

    /** The share of a whole training after which another part tells more than more epochs. */
    private static final double ENOUGH_TO_COMPARE = 0.4;

    /** For trainings, whatever simple predictors have taken. */
    private static final double LEAST_TIME = 0.5;

    /**
     * @param mae on validation images, in the unit of the task; infinite: training diverged
     * @param epochs 0: nothing was trained
     * @param predictions how many the error is the mean of
     */
    record Row(String title, double mae, int epochs, int predictions) {}

    /**
     * @param rows the simple predictors, then what was trained
     * @param trained images that each training learns from
     */
    record Result(List<Row> rows, StarterTraining proposal, int trained, Duration time) {

        /** Whether nothing was better than always the same number, beyond chance. */
        boolean nothingIsLearned() {
            double constant = constant(rows);
            return rows.stream().noneMatch(row -> row.mae() * chance(row.predictions(), 1) < constant);
        }

        static double constant(List<Row> rows) {
            return rows.stream()
                    .filter(row -> row.title().equals(CONSTANT))
                    .mapToDouble(Row::mae)
                    .findFirst()
                    .orElse(Double.POSITIVE_INFINITY);
        }

        /**
         * @param cautious the training that strays least from always the same number
         * @param done the share of a whole training that a tower has had
         */
        Result orCautious(StarterTraining cautious, double done) {
            boolean hadItsChance = done >= ENOUGH_TO_LEARN;
            return nothingIsLearned() && hadItsChance ? new Result(rows, cautious, trained, time) : this;
        }
    }

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

    /** MAE of always the same number, once it is known. */
    private double constant;

    /** Seconds for all trainings, once it is known what simple predictors have taken. */
    private double trainable;

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
        List<Row> rows = yardsticks();
        constant = Result.constant(rows);
        trainable = Math.max(LEAST_TIME * time.toSeconds(), time.toSeconds() - seconds(start));
        chosen();
        goOn(start);
        StarterTraining chosen = chosen();
        tried.forEach((training, result) -> {
            List<TrialPart> seen = result.of(parts);
            rows.add(new Row(training.title(), result.error(seen), result.epochs(), Tried.predictions(seen)));
        });
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        Result result = new Result(rows, chosen, parts.get(0).train().size(), taken);
        // few images tell as little of this
        return triesMoreTowers() ? result.orCautious(tower(0), mostDone()) : result;
    }

    /** By what is known of each setting; those of which nothing is known are tried. */
    private StarterTraining chosen() throws IOException {
        double longer = newInTest.isPresent() ? 1 : LEARNED; // what is learned longer fits the groups that are there
        StarterTraining chosen = preferred(learned(longer), frozen(), longer);
        for (Method simple : EnumSet.complementOf(EnumSet.of(Method.NUMCLIP))) {
            chosen = preferred(chosen, tower(0).with(simple, perNumber), longer);
        }
        return chosen;
    }

    /** A tower that learns. */
    private StarterTraining learned(double longer) throws IOException {
        StarterTraining learned = warpedTower();
        Tried first = tried(learned); // before the others: nothing is compiled yet, and frozen ones have less time
        if (!triesMoreTowers()) {
            return learned;
        }
        if (!triesLowRates()) {
            // changes stand in for images, up to as many as are tried
            return preferred(learned, withoutWarps(learned), images <= TrialPart.MOST_TRAINED ? WARPED : 1);
        }
        if (!learnsFast(first.error(parts.subList(0, 1)), constant)) { // that part stays the same
            return preferred(slowTower(), learned, longer);
        }
        learned = preferred(learned, learned.decayed(), 1);
        return preferred(learned, withoutWarps(learned), 1);
    }

    /**
     * @param tower its MAE after a third of the time of all towers
     * @param constant that of always the same number
     */
    static boolean learnsFast(double tower, double constant) {
        return tower < FAST * constant;
    }

    private StarterTraining warpedTower() {
        return tower(StarterTraining.TOWER_RATE).withWarps(true);
    }

    /** In a third of the time of all towers it would show too little, so it has the rest. */
    private StarterTraining slowTower() {
        return tower(StarterTraining.SLOW_TOWER_RATE).withWarps(true);
    }

    /** The same, or the one that has been tried: what looked better then may look worse now. */
    private StarterTraining withoutWarps(StarterTraining learned) {
        return tried.keySet().stream()
                .filter(each -> !each.isFrozen() && !each.warps())
                .findFirst()
                .orElse(learned.withWarps(false));
    }

    private boolean triesMoreTowers() {
        return images >= ENOUGH_FOR_MORE_TOWERS;
    }

    /** More images may change all layers as fast. */
    private boolean triesLowRates() {
        return triesMoreTowers() && images < StarterTraining.FEW_IMAGES;
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
        List<TrialPart> both = parts.subList(0, Math.min(one.parts(), other.parts()));
        boolean nothingToGain = late.isTrained() && !early.isTrained() && other.error(both) == 0;
        double chance = chance(Tried.predictions(both));
        boolean isLate = isPreferred(one.error(both), other.error(both), factor, done(late, one), chance);
        return isLate && !nothingToGain ? late : early;
    }

    /**
     * Also where both diverged. With a factor of 1 the late one must be as good. Otherwise it must not be worse beyond chance, too.
     *
     * @param done the share of the whole training that the late one has had
     * @param chance by what factor chance may make it worse
     */
    static boolean isPreferred(double late, double early, double factor, double done, double chance) {
        double byChance = factor > 1 ? chance : 1;
        return late <= byChance * Math.pow(factor, 1 - done) * early;
    }

    private double chance(int predictions) {
        return chance(predictions, triesMoreTowers() ? 1 : STANDARD_ERRORS);
    }

    /**
     * By what factor chance may make the mean error of n images worse than another of the same images. The errors of one image are
     * half alike and their spread is about their mean, so the logarithm of the factor has a standard error of about 1/√n.
     */
    static double chance(int predictions, double standardErrors) {
        return Math.exp(standardErrors / Math.sqrt(predictions));
    }

    /** The share of a whole training that a tower which learns has had. */
    private double mostDone() {
        return tried.entrySet().stream()
                .filter(each -> !each.getKey().isFrozen())
                .mapToDouble(each -> done(each.getKey(), each.getValue()))
                .max()
                .orElse(0);
    }

    /** By the number of images seen; all of it where nothing is trained. */
    private double done(StarterTraining training, Tried result) {
        if (!training.isTrained()) {
            return 1;
        }
        double seen = (double) result.epochs() * parts.get(0).train().size();
        return Math.min(1, seen / ((double) training.epochs() * images));
    }

    private Tried tried(StarterTraining training) throws IOException {
        if (!tried.containsKey(training)) {
            begins.accept(training.title());
            tried.put(training, tryOut(training));
        }
        return Objects.requireNonNull(tried.get(training));
    }

    /** On the parts that there is time for, at least one. */
    private Tried tryOut(StarterTraining training) throws IOException {
        double slice = training.isTrained() ? trainable * share(training) : Double.POSITIVE_INFINITY;
        long start = System.nanoTime();
        Tried result = new Tried(training.isTrained() ? epochs(training, slice) : 0, training.keepsLast());
        boolean inTime = next(training, result, slice - seconds(start));
        while (inTime && result.parts() < parts.size() && seconds(start) + result.longest() < slice) {
            inTime = next(training, result, slice - seconds(start));
        }
        return result;
    }

    private double share(StarterTraining training) {
        if (training.isFrozen()) {
            return FROZEN;
        }
        int towers = 1 + (triesLowRates() ? 1 : 0) + (triesMoreTowers() ? 1 : 0);
        return TOWERS * (training.equals(slowTower()) ? towers - 1 : 1) / towers;
    }

    /** What time is left goes into the parts that there was none for, those of the settings with the fewest first. */
    private void goOn(long start) throws IOException {
        boolean inTime = true;
        while (inTime) {
            double left = time.toSeconds() - seconds(start);
            Optional<Map.Entry<StarterTraining, Tried>> fewest = tried.entrySet().stream()
                    .filter(each -> each.getValue().parts() < parts.size())
                    .filter(each -> each.getValue().longest() < left)
                    .min(Comparator.comparingInt(each -> each.getValue().parts()));
            inTime = fewest.isPresent()
                    && next(fewest.get().getKey(), fewest.get().getValue(), left);
        }
    }

    /**
     * Tries a setting on its next part.
     *
     * @param seconds of which a training that is not the first takes no more
     * @return whether it was in time
     */
    private boolean next(StarterTraining training, Tried result, double seconds) throws IOException {
        long start = System.nanoTime();
        Watch watch = new Watch(seconds);
        List<Double> found = errors(training, parts.get(result.parts()), result.epochs(), watch);
        if (result.parts() == 0 || !watch.isUp) {
            result.add(found, seconds(start));
        }
        return !watch.isUp;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /**
     * As many as fit into the time, by the time that an epoch over few images takes: on all parts if those are enough, on one
     * otherwise.
     */
    private int epochs(StarterTraining training, double seconds) throws IOException {
        TrialPart few = parts.get(0).first(PACE_IMAGES);
        Watch pace = new Watch(Double.POSITIVE_INFINITY);
        int whole = StarterTraining.epochs(parts.get(0).train().size());
        errors(training, few, Math.min(whole, PACE_VIEWS / few.train().size()), pace);
        double epoch = pace.shortest / few.size() * parts.get(0).size();
        double onAll = Math.max(ENOUGH_TO_COMPARE * whole, seconds / epoch / parts.size());
        return (int) Math.max(1, Math.min(Math.min(whole, onAll), seconds / epoch));
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
        Map<String, Double> means = new LinkedHashMap<>();
        int all = Tried.predictions(parts);
        try (Experiment experiment = ExperimentAssembler.assemble(configs.apply(List.of()), tasks, models)) {
            for (TrialPart part : parts) {
                errors(experiment, part)
                        .forEach((title, mae) ->
                                means.merge(title, mae * part.validation().size() / all, Double::sum));
            }
        }
        List<Row> rows = new ArrayList<>();
        means.forEach((title, mae) -> rows.add(new Row(title, mae, 0, all)));
        return rows;
    }

    /** MAE of what is not trained, by its title. */
    private static Map<String, Double> errors(Experiment experiment, TrialPart part) throws IOException {
        double constant = new Evaluator(
                        experiment.bins(),
                        part.trainingLabels(),
                        experiment.config().evaluation())
                .constant();
        Map<String, Double> errors = new LinkedHashMap<>();
        errors.put(CONSTANT, part.error(constant));
        Yardsticks.validationErrors(experiment, part.train(), part.validation(), TrainingListener.NONE)
                .forEach((kind, mae) -> errors.put(kind.title(), mae));
        return errors;
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
