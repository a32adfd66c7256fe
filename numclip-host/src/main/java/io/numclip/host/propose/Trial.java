package io.numclip.host.propose;

import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.evaluation.Evaluator;
import io.numclip.host.assembly.Experiment;
import io.numclip.host.assembly.ExperimentAssembler;
import io.numclip.host.assembly.ExperimentData;
import io.numclip.host.assembly.SharedModels;
import io.numclip.host.assembly.Tasks;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.Setting;
import io.numclip.host.result.YardstickKind;
import io.numclip.host.run.Yardsticks;
import io.numclip.training.progress.EpochResult;
import io.numclip.training.progress.TrainingListener;
import io.numclip.training.store.TrainingStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Two looks beside the rule of {@link ProposedTraining#byNumber}: how a tower learns at the high rate, and what simple predictors
 * reach. All are compared by their errors on validation images; test images are not looked at. Where there are few validation
 * images, training and validation images are divided again and again.
 */
final class Trial {

    /** A tower that leaves less than this share of a constant's error learns fast. */
    private static final double FAST = 0.25;

    /** By how much changed images may be worse than others after a moment of training, and are still chosen. */
    private static final double WARPED = 1.1;

    /** The same of a tower beside simple predictors; whole trainings were up to eight times better than tried ones. */
    private static final double LEARNED = 1.5;

    /** With few images a tower is given up only for what is better by so many standard errors; one where there are more. */
    private static final double STANDARD_ERRORS = 3;

    /** The least share of the time for trainings, whatever simple predictors have taken. */
    private static final double LEAST_TIME = 0.5;

    /** The share of a whole training after which another part tells more than more epochs. */
    private static final double ENOUGH_TO_COMPARE = 0.4;

    private static final int PACE_IMAGES = 128;
    private static final int PACE_VIEWS = 4 * PACE_IMAGES; // the first ones are slow, until code is compiled

    private final Function<List<Setting>, ExperimentConfig> configs;
    private final Tasks tasks = new Tasks();
    private final SharedModels models = new SharedModels();
    private final LabelSurvey survey;
    private final List<TrialPart> parts;
    private final int images;
    private final int validated;
    private final Consumer<String> begins;
    private final Map<ProposedTraining, Tried> towers = new LinkedHashMap<>();
    private final Map<YardstickKind, double[]> simple = new EnumMap<>(YardstickKind.class); // of each part
    private final double[] constants;

    /**
     * @param configs the file with some settings above it
     * @param survey of the same images
     * @param begins told what is tried next
     */
    Trial(Function<List<Setting>, ExperimentConfig> configs, LabelSurvey survey, Consumer<String> begins)
            throws IOException {
        this.configs = configs;
        this.survey = survey;
        this.begins = begins;
        ExperimentData data = ExperimentData.load(configs.apply(List.of()), tasks);
        images = data.images(Split.TRAIN).size();
        validated = data.images(Split.VALIDATION).size();
        parts = TrialPart.of(
                data.images(Split.TRAIN), data.images(Split.VALIDATION), survey.namesSplits(), survey.newInTest());
        constants = new double[parts.size()];
    }

    /** @param time for everything together, about */
    TrialResult run(Duration time) throws IOException {
        long start = System.nanoTime();
        measureSimple();
        double left = Math.max(LEAST_TIME * time.toSeconds(), time.toSeconds() - seconds(start));
        ProposedTraining tower = tower(left);
        ProposedTraining proposal = proposal(tower);
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        return new TrialResult(rows(), proposal, parts.get(0).train().size(), taken);
    }

    private List<TrialResult.Row> rows() {
        List<TrialResult.Row> rows = new ArrayList<>();
        int all = TrialPart.predictions(parts);
        rows.add(new TrialResult.Row(TrialResult.CONSTANT, mean(constants, parts), 0, all));
        simple.forEach((kind, errors) -> rows.add(new TrialResult.Row(kind.title(), mean(errors, parts), 0, all)));
        towers.forEach((tower, tried) -> {
            List<TrialPart> seen = parts.subList(0, tried.parts());
            rows.add(
                    new TrialResult.Row(tower.title(), tried.error(seen), tried.epochs(), TrialPart.predictions(seen)));
        });
        return rows;
    }

    /** The tower that the rule proposes, after a look at how it learns at the high rate. */
    private ProposedTraining tower(double seconds) throws IOException {
        ProposedTraining byNumber = ProposedTraining.byNumber(images, validated);
        if (images < ProposedTraining.FEW_IMAGES || images >= ProposedTraining.MANY_IMAGES) {
            tryOut(byNumber, seconds);
            return byNumber;
        }
        boolean some = images < ProposedTraining.SOME_IMAGES;
        ProposedTraining fast = ProposedTraining.fast(images, validated);
        Tried first = tryOut(fast, some ? seconds / 3 : seconds / 2);
        List<TrialPart> seen = parts.subList(0, 1); // that part stays the same
        if (some && !learnsFast(first.error(seen), mean(constants, seen))) {
            tryOut(byNumber, seconds * 2 / 3);
            return byNumber;
        }
        ProposedTraining plain = fast.withWarps(false);
        Tried second = tryOut(plain, some ? seconds * 2 / 3 : seconds / 2);
        List<TrialPart> both = parts.subList(0, Math.min(first.parts(), second.parts()));
        // changes stand in for images, up to as many as are tried
        double factor = some || images > TrialPart.MOST_TRAINED ? 1 : WARPED;
        return isPreferred(first.error(both), second.error(both), factor, done(fast), chance(both)) ? fast : plain;
    }

    /**
     * @param tower its MAE after a third of the time
     * @param constant that of always the same number
     */
    static boolean learnsFast(double tower, double constant) {
        return tower < FAST * constant;
    }

    /** The tower, or the model that does what the best simple predictor does, where the tower is worse beyond chance. */
    private ProposedTraining proposal(ProposedTraining tower) {
        Tried tried = Objects.requireNonNull(towers.get(tower));
        List<TrialPart> seen = parts.subList(0, tried.parts());
        YardstickKind best = simple.keySet().stream()
                .min(Comparator.comparingDouble(kind -> mean(Objects.requireNonNull(simple.get(kind)), parts)))
                .orElseThrow();
        double other = mean(Objects.requireNonNull(simple.get(best)), seen);
        double factor =
                survey.newInTest().isPresent() ? 1 : LEARNED; // what is learned longer fits the groups that are there
        boolean isTower = other > 0 && isPreferred(tried.error(seen), other, factor, done(tower), chance(seen));
        return isTower
                ? tower
                : tower.with(best, StarterBins.of(survey.labels()).perNumber());
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

    private double chance(List<TrialPart> some) {
        return chance(TrialPart.predictions(some), images < ProposedTraining.FEW_IMAGES ? STANDARD_ERRORS : 1);
    }

    /**
     * By what factor chance may make the mean error of n images worse than another of the same images. The errors of one image are
     * half alike and their spread is about their mean, so the logarithm of the factor has a standard error of about 1/√n.
     */
    static double chance(int predictions, double standardErrors) {
        return Math.exp(standardErrors / Math.sqrt(predictions));
    }

    /** The share that is done, by the number of images seen. */
    private double done(ProposedTraining tower) {
        double seen = (double) Objects.requireNonNull(towers.get(tower)).epochs()
                * parts.get(0).train().size();
        return Math.min(1, seen / ((double) tower.epochs() * images));
    }

    /** Tries a training on the parts that there is time for, at least one. */
    private Tried tryOut(ProposedTraining tower, double seconds) throws IOException {
        begins.accept(tower.title());
        long start = System.nanoTime();
        int epochs = epochs(tower, seconds);
        List<List<Double>> errors = new ArrayList<>();
        double longest = 0;
        for (TrialPart part : parts) {
            double left = errors.isEmpty() ? Double.POSITIVE_INFINITY : seconds - seconds(start);
            if (longest < left) {
                Watch watch = train(tower, part, epochs, left);
                longest = Math.max(longest, seconds(watch.start));
                if (!watch.isUp) {
                    errors.add(watch.errors);
                }
            }
        }
        Tried tried = new Tried(List.copyOf(errors), epochs, tower.keepsLast());
        towers.put(tower, tried);
        return tried;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /**
     * As many as fit into the time, by the time that an epoch over few images takes: on all parts if those are enough, on one
     * otherwise.
     */
    private int epochs(ProposedTraining tower, double seconds) throws IOException {
        long start = System.nanoTime();
        TrialPart few = parts.get(0).first(PACE_IMAGES);
        int whole = ProposedTraining.epochs(parts.get(0).train().size());
        int tried = Math.max(1, Math.min(whole, PACE_VIEWS / few.train().size()));
        double shortest = train(tower, few, tried, Double.POSITIVE_INFINITY).shortest;
        double epoch = shortest / few.size() * parts.get(0).size();
        double left = seconds - seconds(start);
        double onAll = Math.max(ENOUGH_TO_COMPARE * whole, left / epoch / parts.size());
        return (int) Math.max(1, Math.min(Math.min(whole, onAll), left / epoch));
    }

    /** Up to the end of the time; without errors if it diverged. */
    private Watch train(ProposedTraining tower, TrialPart part, int epochs, double seconds) throws IOException {
        Watch watch = new Watch(seconds);
        try (Experiment experiment =
                ExperimentAssembler.assemble(configs.apply(tower.settings(epochs)), tasks, models)) {
            experiment.train(TrainingStore.memory(), watch, part.train(), part.validation());
        } catch (TimeIsUp enough) {
            return watch;
        } catch (NumClipException failure) {
            if (failure.kind() != NumClipException.Kind.DIVERGED) {
                throw failure;
            }
            watch.errors.clear();
        }
        return watch;
    }

    /** Measures the errors of always the same number, the median, and of the yardsticks. */
    private void measureSimple() throws IOException {
        begins.accept("simple predictors");
        try (Experiment experiment = ExperimentAssembler.assemble(configs.apply(List.of()), tasks, models)) {
            for (int i = 0; i < parts.size(); i++) {
                TrialPart part = parts.get(i);
                int number = i;
                constants[i] = part.error(new Evaluator(
                                experiment.bins(),
                                part.trainingLabels(),
                                experiment.config().evaluation())
                        .constant());
                Yardsticks.validationErrors(experiment, part.train(), part.validation(), TrainingListener.NONE)
                        .forEach((kind, mae) ->
                                simple.computeIfAbsent(kind, any -> new double[parts.size()])[number] = mae);
            }
        }
    }

    /** @param errors of all parts */
    private static double mean(double[] errors, List<TrialPart> some) {
        return TrialPart.mean(some, part -> errors[part]);
    }

    /**
     * What a tower has reached on the parts that there was time for, the first ones.
     *
     * @param errors MAE of each part after each epoch; none if the training diverged
     * @param epochs on each part
     * @param keepsLast whether a whole training would keep its last epoch, and not the best
     */
    record Tried(List<List<Double>> errors, int epochs, boolean keepsLast) {

        int parts() {
            return errors.size();
        }

        /**
         * The mean over the first parts, of the epoch that a whole training would keep: the last of all, or that with the lowest mean.
         * It is the same epoch of each, as the best by every few images would be an accident. Infinite where one of the trainings
         * diverged.
         */
        double error(List<TrialPart> some) {
            int common = errors.stream()
                    .limit(some.size())
                    .mapToInt(List::size)
                    .min()
                    .orElse(0);
            double best = Double.POSITIVE_INFINITY;
            for (int epoch = keepsLast ? Math.max(0, common - 1) : 0; epoch < common; epoch++) {
                int after = epoch;
                best = Math.min(
                        best, TrialPart.mean(some, part -> errors.get(part).get(after)));
            }
            return best;
        }
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
