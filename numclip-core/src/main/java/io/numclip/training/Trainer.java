package io.numclip.training;

import ai.djl.nn.Parameter;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipWeights;
import io.numclip.clip.tower.DividedTower;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.features.FeatureCache;
import io.numclip.input.ImageBatches;
import io.numclip.input.Stopping;
import io.numclip.machine.MachineMemory;
import io.numclip.model.ModelDescription;
import io.numclip.model.NumClipModel;
import io.numclip.model.Part;
import io.numclip.spi.FittedCoarseHead;
import io.numclip.spi.FittedHead;
import io.numclip.training.optimizer.Optimizer;
import io.numclip.training.progress.EpochResult;
import io.numclip.training.progress.Progress;
import io.numclip.training.progress.TrainingListener;
import io.numclip.training.store.Conditions;
import io.numclip.training.store.TrainingStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The training loop. A run that is resumed from its store, with as many threads, gives the same bits as an
 * uninterrupted one. */
public final class Trainer {

    private final NumClipModel model;
    private final ModelDescription description;
    private final List<WeightedLoss> losses;
    private final TrainingConfig config;
    private final FeatureCache features;
    private final TrainingStore store;
    private final TrainingListener listener;
    private final List<String> skippedImages = new ArrayList<>();

    /**
     * @param losses at least one
     * @param features of images, used while the image tower is frozen
     */
    public Trainer(
            NumClipModel model,
            ModelDescription description,
            List<WeightedLoss> losses,
            TrainingConfig config,
            FeatureCache features,
            TrainingStore store,
            TrainingListener listener) {
        if (losses.isEmpty()) {
            throw new IllegalArgumentException("training needs at least 1 loss; found none");
        }
        if (model.imageTower().precision() == Precision.FP16) {
            throw new IllegalArgumentException("training in fp16: its range is too small for gradients");
        }
        this.model = model;
        this.description = description;
        this.losses = List.copyOf(losses);
        this.config = config;
        this.features = features;
        this.store = store;
        this.listener = new SkipRecorder(listener, skippedImages);
    }

    /**
     * Leaves the model with the parameters of the epoch that is kept ({@link TrainingConfig#keep}), frozen.
     *
     * @throws IOException if the run folder or the feature cache cannot be read or written
     * @throws NumClipException if training diverges or more than 1 % of the images cannot be read
     */
    public TrainingResult fit(List<LabeledImage> train, List<LabeledImage> validation) throws IOException {
        return fit(train, validation, config.epochs());
    }

    /** @param epochs the last of the {@link TrainingConfig#epochs}, by which rates fall, that is trained */
    public TrainingResult fit(List<LabeledImage> train, List<LabeledImage> validation, int epochs) throws IOException {
        if (train.isEmpty() || validation.isEmpty()) {
            throw new NumClipException(
                    Kind.DATA,
                    "training needs images in both splits, train and validation; found " + train.size() + " and "
                            + validation.size(),
                    "Give the task data for both splits.");
        }
        if (model.coarseHead() instanceof FittedCoarseHead head) {
            requireGradients(head);
            fitInClosedForm(head, train, validation);
        }
        if (model.fineHead() instanceof FittedHead head) {
            fitInClosedForm(head, train);
        }
        return epochs == 0 ? untrained(validation) : trained(train, validation, epochs);
    }

    private TrainingResult trained(List<LabeledImage> train, List<LabeledImage> validation, int epochs)
            throws IOException {
        long start = System.nanoTime();
        List<Optimizer.Group> groups = unfreeze();
        try (Optimizer optimizer =
                        config.optimizer().of(groups, model.imageTower().manager());
                InputImages trainImages = inputs(train, true);
                InputImages validationImages = inputs(validation)) {
            int threads = StepThreads.of(model, trainImages).count();
            Progress progress =
                    resume(new Progress(conditions(train, validation), threads, List.of(), List.of()), optimizer);
            store.requireSpace(optimizer.parameterBytes());
            TrainingStep step = new TrainingStep(model, losses, optimizer);
            Validation validator = new Validation(model, validationImages, new Labels(validation, model.bins()));
            DrawnLabels labels = new DrawnLabels(train, model.bins(), config.seed());
            EpochOrder order = EpochOrder.of(config, train, model.bins(), model.scale());
            while (progress.lastEpoch() < epochs && !progress.isOutOfPatience(config.patience())) {
                EpochResult epoch = epoch(
                        progress, trainImages, labels.of(progress.lastEpoch() + 1), order, step, validator, start);
                progress = progress.and(epoch, skippedImages);
                store.save(progress, isKept(epoch, progress), model, optimizer);
                listener.epochFinished(epoch);
                start = System.nanoTime();
            }
            return finish(progress);
        } finally {
            freeze();
        }
    }

    private boolean isKept(EpochResult epoch, Progress progress) {
        return config.keep().of(progress).epoch() == epoch.epoch();
    }

    private void requireGradients(FittedCoarseHead head) {
        if (config.epochs() > 0 && !head.isDifferentiable()) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "training.epochs: the coarse head is fitted to all images at once, and passes no gradient on; expected"
                            + " 0, found " + config.epochs(),
                    "Set training.epochs to 0, or choose another coarse head.");
        }
    }

    private void fitInClosedForm(FittedCoarseHead head, List<LabeledImage> train, List<LabeledImage> validation)
            throws IOException {
        try (InputImages images = inputs(train);
                InputImages others = inputs(validation)) {
            ClosedForm.fit(head, model, source(images, train), source(others, validation), config.batchSize());
        }
    }

    private void fitInClosedForm(FittedHead head, List<LabeledImage> train) throws IOException {
        try (InputImages images = inputs(train)) {
            ClosedForm.fit(head, model, source(images, train), config.batchSize());
        }
    }

    private ClosedForm.Source source(InputImages images, List<LabeledImage> labeled) {
        return new ClosedForm.Source(images, new Labels(labeled, model.bins()));
    }

    /** Without epochs the model is validated and stored all the same. */
    private TrainingResult untrained(List<LabeledImage> validation) throws IOException {
        try (InputImages images = inputs(validation)) {
            Validation validator = new Validation(model, images, new Labels(validation, model.bins()));
            double mae = finite(0, validator.meanAbsoluteError(config.batchSize()));
            store.saveBest(model);
            return new TrainingResult(List.of(), 0, mae, skippedImages);
        }
    }

    /** @param start when the epoch's time began: for the first epoch, before a frozen tower encoded the images */
    private EpochResult epoch(
            Progress progress,
            InputImages images,
            Labels labels,
            EpochOrder order,
            TrainingStep step,
            Validation validation,
            long start)
            throws IOException {
        int epoch = progress.lastEpoch() + 1;
        Iterator<InputImages.Batch> batches = images.batches(
                order.of(epoch), config.batchSize(), index -> config.augment().view(config.seed(), epoch, index));
        LossSum sum = StepThreads.of(model, images).run(() -> steps(epoch, batches, labels, step));
        tellSkipped(epoch, sum);
        requireStep(epoch, sum);
        step.requireFinite(epoch);
        double mae = finite(epoch, validation.meanAbsoluteError(config.batchSize()));
        return new EpochResult(
                epoch, sum.means(), sum.total(), mae, progress.isBest(mae), sum.skippedSteps(), seconds(start));
    }

    private LossSum steps(int epoch, Iterator<InputImages.Batch> batches, Labels labels, TrainingStep step) {
        long start = System.nanoTime();
        int count = config.steps(labels.size());
        listener.epochStarted(epoch, config.epochs(), count);
        LossSum sum = new LossSum(losses);
        for (int batch = 1; batches.hasNext(); batch++) {
            Stopping.ifAsked();
            long number = (epoch - 1L) * count + batch;
            double loss = step.run(number, batches.next(), labels, config.decay(epoch), sum);
            listener.batchFinished(epoch, batch, count, loss, sum.images() / seconds(start));
        }
        return sum;
    }

    private void tellSkipped(int epoch, LossSum sum) {
        int count = sum.skippedSteps();
        if (count > 0) {
            listener.warning("epoch " + epoch + ": " + count + (count == 1 ? " step was" : " steps were")
                    + " skipped, the first of them " + sum.firstSkip());
        }
    }

    private static void requireStep(int epoch, LossSum sum) {
        if (sum.images() == 0) {
            throw new NumClipException(
                    Kind.DIVERGED,
                    "training diverged at " + sum.firstSkip() + ": no step of epoch " + epoch + " could be taken",
                    TrainingStep.FIX);
        }
    }

    private static double finite(int epoch, double mae) {
        if (Double.isFinite(mae)) {
            return mae;
        }
        throw new NumClipException(
                Kind.DIVERGED,
                "training diverged: the validation MAE of epoch " + epoch + " is " + mae,
                "Lower the learning rates; the best model so far is kept.");
    }

    private InputImages inputs(List<LabeledImage> images) throws IOException {
        return inputs(images, false);
    }

    /** Features of a frozen tower are computed once; augmented images go through it in every epoch. */
    private InputImages inputs(List<LabeledImage> images, boolean training) throws IOException {
        if (config.usesImageFeatures()) {
            return new FeatureImages(features.features(model.imageTower(), images, config.batchSize(), listener));
        }
        int microBatch = training ? MicroBatch.of(model, config, MachineMemory.read(), listener) : config.microBatch();
        return new PixelImages(
                new ImageBatches(images, features.preprocessor(), config.pixelCacheMegabytes(), listener),
                microBatch,
                training && microBatch == 0
                        ? DividedTower.of(model.imageTower(), config.batchSize())
                        : Optional.empty());
    }

    private List<Optimizer.Group> unfreeze() {
        List<Optimizer.Group> groups = new ArrayList<>();
        for (Part part : Part.values()) {
            double rate = config.learningRates().of(part);
            model.train(part, rate > 0);
            if (rate > 0) {
                groups.addAll(groups(rate, part));
            }
        }
        if (groups.isEmpty()) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "nothing to train: every learning rate is 0, or its part has no parameters",
                    "Set one of training.learningRates above 0.");
        }
        return groups;
    }

    /** With layer decay, the rates of a tower's weights differ by depth. */
    private List<Optimizer.Group> groups(double rate, Part part) {
        Map<Integer, Map<String, Parameter>> byDepth = new TreeMap<>();
        model.parameters(part).forEach((name, parameter) -> {
            int layers = part.belongsToClip()
                    ? ClipWeights.layersAfter(name, model.imageTower().config())
                    : 0;
            byDepth.computeIfAbsent(layers, depth -> new LinkedHashMap<>()).put(name, parameter);
        });
        double decay = config.learningRates().layerDecay();
        return byDepth.entrySet().stream()
                .map(group -> new Optimizer.Group(
                        rate * Math.pow(decay, group.getKey()), config.weightDecay(part), group.getValue()))
                .toList();
    }

    private void freeze() {
        for (Part part : Part.values()) {
            model.train(part, false);
        }
    }

    private Progress resume(Progress fresh, Optimizer optimizer) throws IOException {
        Progress progress = store.resume(fresh, model, optimizer, listener);
        if (progress.lastEpoch() > 0) {
            skippedImages.addAll(progress.skippedImages());
            listener.resumed(progress.epochs());
            requireEpochs(progress);
            warnOfThreads(progress.threads(), fresh.threads());
            if (isKept(progress.last(), progress)) {
                store.saveBest(model);
            }
        }
        return progress.with(fresh.threads());
    }

    /** With fewer, the settings would not say how the model was made. */
    private void requireEpochs(Progress progress) {
        if (progress.lastEpoch() > config.epochs()) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "training.epochs: expected " + progress.lastEpoch() + " or more, as so many are done; found "
                            + config.epochs(),
                    "Set training.epochs to " + progress.lastEpoch() + ", or start a new run in another folder.");
        }
    }

    /** Sums of floating-point numbers depend on how they are split among threads. */
    private void warnOfThreads(int before, int now) {
        if (before > 0 && before != now) {
            listener.warning("resumed with threads changed from " + before + " to " + now
                    + ": the result is not bit-identical to that of an uninterrupted run; OMP_NUM_THREADS=" + before
                    + " would make it so");
        }
    }

    private TrainingResult finish(Progress progress) throws IOException {
        EpochResult kept = config.keep().of(progress);
        if (kept.epoch() != progress.lastEpoch()) {
            store.restoreBest(model);
        }
        return new TrainingResult(progress.epochs(), kept.epoch(), kept.validationMae(), skippedImages);
    }

    /** Nothing where the run cannot be resumed. */
    private Map<String, String> conditions(List<LabeledImage> train, List<LabeledImage> validation) throws IOException {
        Optional<Map<String, String>> settings = store.settings();
        if (settings.isEmpty()) {
            return Map.of();
        }
        return Conditions.of(settings.get(), model, description, features)
                .and("the training images", train)
                .and("the validation images", validation)
                .texts();
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
