package io.numclip.host.propose;

import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.evaluation.Evaluator;
import io.numclip.host.assembly.Experiment;
import io.numclip.host.assembly.ExperimentAssembler;
import io.numclip.host.assembly.Predictions;
import io.numclip.host.assembly.SharedModels;
import io.numclip.host.assembly.Tasks;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.training.TrainingResult;
import io.numclip.training.progress.EpochResult;
import io.numclip.training.progress.TrainingListener;
import io.numclip.training.store.TrainingStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Trains every {@link Candidate} on some of the images and measures it on others; test images are not looked at. A candidate is
 * given so many images to learn from, not so much time: so that a trial finds the same on any machine.
 */
final class Trial {

    /** Images that a candidate learns from in a trial, each as often as it is seen. */
    private static final int IMAGES_SEEN = 15_000;

    /** The share of a whole training after which another part tells more than more epochs. */
    private static final double ENOUGH_TO_COMPARE = 0.4;

    private final Function<Candidate, ExperimentConfig> configs;
    private final Tasks tasks = new Tasks();
    private final SharedModels models = new SharedModels();
    private final List<TrialPart> parts;
    private final int images;
    private final boolean keepsLast;
    private final boolean groups;
    private final String group;
    private final Consumer<String> begins;

    /**
     * @param configs the file with a candidate in it
     * @param survey of the same images
     * @param begins told what is tried next
     */
    Trial(Function<Candidate, ExperimentConfig> configs, LabelSurvey survey, Consumer<String> begins)
            throws IOException {
        this.configs = configs;
        this.begins = begins;
        List<LabeledImage> train = survey.images(Split.TRAIN);
        List<LabeledImage> validation = survey.images(Split.VALIDATION);
        images = train.size();
        group = survey.group();
        groups = GroupColumns.values(train, group).size() > 1;
        keepsLast = survey.keepsLast();
        parts = TrialPart.of(train, validation, survey.newInTest().isPresent(), group);
    }

    TrialResult run() throws IOException {
        List<Tried> tried = new ArrayList<>();
        for (Candidate candidate : Candidate.frozen(images, keepsLast)) {
            tried.add(tryOut(candidate));
        }
        for (Candidate candidate : Candidate.learning(images, keepsLast)) {
            tried.add(tryOut(candidate));
        }
        List<Double> constants = constants();
        return new TrialResult(parts, constants, tried, new Choice(parts, constants, images, groups).of(tried));
    }

    private Tried tryOut(Candidate candidate) throws IOException {
        begins.accept(candidate.title());
        int size = parts.get(0).train().size();
        Dose dose = Dose.of(candidate, size, parts.size());
        double whole = (double) candidate.course().epochs() * images;
        double done = candidate.isFrozen() ? 1 : Math.min(1, dose.epochs * size / whole);
        return new Tried(
                candidate, errors(candidate.lasting(dose.epochs), parts.subList(0, dose.parts)), dose.epochs, done);
    }

    private List<List<Double>> errors(Candidate candidate, List<TrialPart> some) throws IOException {
        List<List<Double>> errors = new ArrayList<>();
        for (TrialPart part : some) {
            errors.add(train(candidate, part));
        }
        return List.copyOf(errors);
    }

    /** How long a candidate is trained on each of how many parts. */
    record Dose(int epochs, int parts) {

        /**
         * What leaves the tower as it is costs little: whole, on all parts. A network from scratch shows nothing before it has
         * learned: whole, and where a part has fewer images than that, more often; on as many parts as its images allow. The rest
         * learns for as many epochs as are enough, on as many parts as its images allow; for fewer, on one part, where there are
         * many images.
         *
         * @param size images of a part
         */
        static Dose of(Candidate candidate, int size, int parts) {
            int whole = candidate.course().epochs();
            if (candidate.isFrozen()) {
                return new Dose(whole, parts);
            }
            if (candidate.isWithoutClip()) {
                int epochs = Math.max(whole, Course.EPOCHS_FROM_SCRATCH);
                return new Dose(epochs, within(Course.IMAGES_FROM_SCRATCH, epochs * size, parts));
            }
            double most = (double) IMAGES_SEEN / size;
            double onAll = Math.max(ENOUGH_TO_COMPARE * whole, most / parts);
            int epochs = (int) Math.max(1, Math.min(Math.min(whole, onAll), most));
            return new Dose(epochs, within(IMAGES_SEEN, epochs * size, parts));
        }

        private static int within(int seen, int onOne, int parts) {
            return Math.min(parts, Math.max(1, seen / onOne));
        }
    }

    /** MAE after each epoch; none if it diverged. */
    private List<Double> train(Candidate candidate, TrialPart part) throws IOException {
        try (Experiment experiment = ExperimentAssembler.assemble(configs.apply(candidate), tasks, models)) {
            TrialPart learned = candidate.isChosenByValidation() ? part.choosing(group) : part;
            TrainingResult result = experiment.train(
                    TrainingStore.memory(), TrainingListener.NONE, learned.train(), learned.validation());
            if (candidate.isChosenByValidation()) {
                return List.of(error(experiment, part.validation()));
            }
            return candidate.course().epochs() == 0
                    ? List.of(result.bestValidationMae())
                    : result.epochs().stream().map(EpochResult::validationMae).toList();
        } catch (NumClipException failure) {
            if (failure.kind() != NumClipException.Kind.DIVERGED) {
                throw failure;
            }
            return List.of();
        }
    }

    private static double error(Experiment experiment, List<LabeledImage> images) throws IOException {
        LabeledPredictions predictions =
                Predictions.ofTrained(experiment, Predictions.predictor(experiment), images, TrainingListener.NONE);
        return Arrays.stream(predictions.errors()).average().orElseThrow();
    }

    /** Errors of always the same number, the median. */
    private List<Double> constants() throws IOException {
        ExperimentConfig config =
                configs.apply(Candidate.frozen(images, keepsLast).get(0));
        try (Experiment experiment = ExperimentAssembler.assemble(config, tasks, models)) {
            return parts.stream()
                    .map(part -> part.error(
                            new Evaluator(experiment.bins(), part.trainingLabels(), config.evaluation()).constant()))
                    .toList();
        }
    }
}
