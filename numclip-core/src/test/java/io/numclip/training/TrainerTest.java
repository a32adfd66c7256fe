package io.numclip.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.jni.JniUtils;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.kernel.NativeThreads;
import io.numclip.clip.lora.Lora;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.pixels.PixelStatistics;
import io.numclip.clip.pixels.Resizing;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Prediction;
import io.numclip.features.FeatureCache;
import io.numclip.golden.ReferenceModel;
import io.numclip.image.ImageFile;
import io.numclip.input.PixelPool;
import io.numclip.model.BaseModel;
import io.numclip.model.ModelDescription;
import io.numclip.model.ModelDirectory;
import io.numclip.model.NumClipModel;
import io.numclip.model.NumClipPredictor;
import io.numclip.model.Part;
import io.numclip.storage.CacheFolder;
import io.numclip.storage.Safetensors;
import io.numclip.storage.Seal;
import io.numclip.training.optimizer.LearningRates;
import io.numclip.training.optimizer.Optimizer;
import io.numclip.training.progress.EpochResult;
import io.numclip.training.progress.Kept;
import io.numclip.training.progress.TrainingListener;
import io.numclip.training.store.FolderStore;
import io.numclip.training.store.TrainingStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("ci")
class TrainerTest {

    private static final LearningRates ALL = LearningRates.frozen()
            .with(Part.IMAGE_ENCODER, 1e-5)
            .with(Part.TEXT_ENCODER, 1e-5)
            .with(Part.ADAPTER, 1e-3)
            .with(Part.CONTEXT, 1e-4)
            .with(Part.CONCEPTS, 1e-4)
            .with(Part.FINE_HEAD, 1e-3)
            .with(Part.LOGIT_SCALE, 1e-5);
    private static final LearningRates FROZEN_TOWER = LearningRates.frozen()
            .with(Part.ADAPTER, 1e-3)
            .with(Part.CONCEPTS, 1e-3)
            .with(Part.FINE_HEAD, 1e-3);

    private static final Lora LORA = new Lora(
            2,
            1,
            Lora.Scaling.SQRT,
            "all",
            Lora.defaults().targets(),
            Lora.defaults().towers(),
            "");

    @TempDir
    private Path folder;

    private final TestingListener listener = new TestingListener();
    private final List<LabeledImage> images = TestingImages.squares(20);
    private final List<LabeledImage> validation = TestingImages.squares(7);

    @BeforeEach
    void useOwnCache() {
        System.setProperty(CacheFolder.PROPERTY, folder.resolve("cache").toString());
    }

    @AfterEach
    void forgetCache() {
        System.clearProperty(CacheFolder.PROPERTY);
    }

    @Test
    void trainingLowersTheErrorAndKeepsTheBestModel() throws IOException {
        try (NumClipModel model = ReferenceModel.load()) {
            TrainingResult result =
                    trainer(model, config(8, FROZEN_TOWER), "run").fit(images, validation);
            double best = result.epochs().stream()
                    .mapToDouble(EpochResult::validationMae)
                    .min()
                    .orElseThrow();
            assertThat(result.epochs()).hasSize(8);
            assertThat(result.bestValidationMae()).isEqualTo(best);
            assertThat(result.epochs().get(7).totalLoss())
                    .isLessThan(result.epochs().get(0).totalLoss());
            try (NumClipPredictor predictor = read("run")) {
                assertThat(error(predictor)).isCloseTo(best, within(1e-3));
                assertThat(error(new NumClipPredictor(model, predictor.preprocessor())))
                        .isCloseTo(error(predictor), within(1e-4));
            }
        }
    }

    @Test
    void modelThatWasTrainedThroughoutPredictsTheSameAfterReading() throws IOException {
        try (NumClipModel model = ReferenceModel.load()) {
            TrainingResult result = trainer(model, config(2, ALL), "run").fit(images, validation);
            try (NumClipPredictor predictor = read("run")) {
                assertThat(error(predictor)).isCloseTo(result.bestValidationMae(), within(1e-3));
            }
        }
    }

    /** A and B alone are trained and stored: what else the model holds is as without them. */
    @Test
    void aTrainingOfLowRankChangesStoresThemAlone() throws IOException {
        long whole;
        try (NumClipModel model = ReferenceModel.load()) {
            trainer(model, config(1, ALL), "whole").fit(images, validation);
            whole = Files.size(folder.resolve("whole/model/model.safetensors"));
        }
        try (NumClipModel model = ReferenceModel.load(LORA, Precision.FP32)) {
            TrainingResult result = lowRank(model, 3, "run").fit(images, validation);
            ModelDirectory directory = ModelDirectory.open(folder.resolve("run/model"));
            assertThat(directory.lora()).contains(LORA);
            assertThat(Files.size(directory.weights())).isLessThan(whole / 10);
            try (Safetensors tensors = Safetensors.open(directory.weights());
                    Safetensors checkpoint =
                            Safetensors.open(folder.resolve("run/checkpoint/epoch-00003/parameters.safetensors"))) {
                for (Safetensors file : List.of(tensors, checkpoint)) {
                    assertThat(file.entries().keySet())
                            .filteredOn(name -> name.contains("encoder.layers"))
                            .hasSize(36)
                            .allMatch(name -> name.endsWith(".lora_A.weight") || name.endsWith(".lora_B.weight"));
                }
            }
            assertThat(model.imageTower().parameters().values()).noneMatch(Parameter::requiresGradient);
            try (NumClipPredictor predictor = read("run")) {
                assertThat(error(predictor)).isCloseTo(result.bestValidationMae(), within(1e-3));
                assertThat(error(predictor))
                        .isCloseTo(error(new NumClipPredictor(model, predictor.preprocessor())), within(1e-4));
            }
        }
    }

    /** Neither checkpoint nor best model holds more than the changes, and with them the run goes on to the same bits. */
    @Test
    void interruptedTrainingOfLowRankChangesGoesOnToTheSameBits() throws IOException {
        fitLowRank(4, "unbroken");
        fitLowRank(2, "broken");
        fitLowRank(4, "broken");
        assertThat(listener.resumedAfter).isEqualTo(2);
        for (String file : List.of(
                "checkpoint/epoch-00004/parameters.safetensors",
                "checkpoint/epoch-00004/optimizer.safetensors",
                "model/model.safetensors")) {
            assertSameBytes(
                    folder.resolve("broken").resolve(file),
                    folder.resolve("unbroken").resolve(file));
        }
    }

    private void fitLowRank(int epochs, String run) throws IOException {
        try (NumClipModel model = ReferenceModel.load(LORA, Precision.FP32)) {
            lowRank(model, epochs, run).fit(images, validation);
        }
    }

    private Trainer lowRank(NumClipModel model, int epochs, String run) throws IOException {
        LearningRates rates =
                LearningRates.frozen().with(Part.IMAGE_ENCODER, 1e-3).with(Part.TEXT_ENCODER, 1e-3);
        TrainingConfig config = new TrainingConfig(
                epochs,
                6,
                3,
                List.of(),
                0.5,
                0,
                Augmentation.NONE,
                rates,
                16,
                0,
                Sampling.NATURAL,
                0,
                Schedule.MILESTONES,
                0.01,
                Optimizer.Choice.ADAMW,
                LORA,
                0,
                Kept.BEST);
        ModelDescription plain = description();
        ModelDescription description = new ModelDescription(
                plain.base(),
                plain.preprocessor(),
                plain.scale(),
                plain.coarseHead(),
                plain.fineHead(),
                plain.method(),
                LORA);
        return new Trainer(
                model,
                description,
                ReferenceModel.losses(24),
                config,
                features(),
                TrainingStore.folder(folder.resolve(run), description, Map.of()),
                listener);
    }

    /** Epochs of one pass, of less than a pass, and of more than one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 5})
    void interruptedRunGoesOnToTheSameBits(int steps) throws IOException {
        List<LabeledImage> several = images.stream()
                .map(image -> new LabeledImage(
                        image.name(),
                        image.source(),
                        image.label(),
                        Map.of(LabeledImage.ALL_LABELS, "10 " + image.label() + " 90")))
                .toList();
        TrainingResult unbroken = fit(augmented(4, steps), several, "unbroken");
        assertThat(listener.batches).isEqualTo(4 * (steps == 0 ? 4 : steps));
        fit(augmented(2, steps), several, "broken");
        TrainingResult resumed = fit(augmented(4, steps), several, "broken");
        assertThat(listener.resumedAfter).isEqualTo(2);
        assertThat(maes(resumed)).isEqualTo(maes(unbroken));
        for (String file : List.of("parameters.safetensors", "optimizer.safetensors")) {
            assertSameBytes(
                    folder.resolve("broken/checkpoint/epoch-00004").resolve(file),
                    folder.resolve("unbroken/checkpoint/epoch-00004").resolve(file));
        }
        assertSameBytes(
                folder.resolve("broken/model/model.safetensors"), folder.resolve("unbroken/model/model.safetensors"));
    }

    private static void assertSameBytes(Path file, Path other) throws IOException {
        assertThat(Files.mismatch(file, other))
                .as("first byte of %s that differs", file)
                .isEqualTo(-1);
    }

    private static TrainingConfig augmented(int epochs, int steps) {
        return new TrainingConfig(
                epochs,
                6,
                3,
                List.of(2),
                0.5,
                0,
                new Augmentation(true, true),
                ALL,
                16,
                0,
                Sampling.NATURAL,
                steps,
                Schedule.MILESTONES,
                0.1);
    }

    @Test
    void trainingThatIsToldToStopEndsAfterTheBatchAndGoesOnFromTheLastEpoch() throws IOException {
        fit(config(1, FROZEN_TOWER), "run");
        listener.interruptedAfter = listener.batches + 2;
        assertThatThrownBy(() -> fit(config(3, FROZEN_TOWER), "run")).isInstanceOf(CancellationException.class);
        assertThat(listener.batches).isEqualTo(listener.interruptedAfter);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(maes(fit(config(3, FROZEN_TOWER), "run"))).isEqualTo(maes(fit(config(3, FROZEN_TOWER), "unbroken")));
    }

    @Test
    void aRunThatIsResumedWithOtherThreadsSaysSo() throws IOException {
        int before = JniUtils.getNumThreads();
        resumeWithOtherThreads(ALL);
        assertThat(listener.warnings)
                .singleElement()
                .asString()
                .contains("threads changed from " + before + " to " + (before + 1), "OMP_NUM_THREADS=" + before);
    }

    @Test
    void stepsOnFeaturesAtHandDoNotDependOnThreads() throws IOException {
        List<Double> resumed = resumeWithOtherThreads(FROZEN_TOWER);
        assertThat(listener.warnings).isEmpty();
        assertThat(resumed).isEqualTo(maes(fit(config(3, FROZEN_TOWER), "unbroken")));
    }

    private List<Double> resumeWithOtherThreads(LearningRates rates) throws IOException {
        fit(config(1, rates), "run");
        int before = JniUtils.getNumThreads();
        JniUtils.setNumThreads(before + 1);
        try {
            fit(config(2, rates), "run");
            return maes(fit(config(3, rates), "run"));
        } finally {
            JniUtils.setNumThreads(before);
        }
    }

    @Test
    void damagedCheckpointIsPassedOver() throws IOException {
        fit(config(3, FROZEN_TOWER), "run");
        Path newest = folder.resolve("run/checkpoint/epoch-00003/parameters.safetensors");
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length - 1] ^= 1;
        Files.write(newest, bytes);
        fit(config(3, FROZEN_TOWER), "run");
        assertThat(listener.resumedAfter).isEqualTo(2);
        assertThat(listener.warnings).singleElement().asString().contains("epoch-00003", "damaged");
    }

    /** As after a clock that was set back. */
    @Test
    void theEpochSaysWhichCheckpointIsNewestAndNotItsTime() throws IOException {
        fit(config(2, FROZEN_TOWER), "run");
        Files.setLastModifiedTime(folder.resolve("run/checkpoint/epoch-00002"), FileTime.fromMillis(0));
        fit(config(3, FROZEN_TOWER), "run");
        assertThat(listener.resumedAfter).isEqualTo(2);
    }

    @Test
    void runWithoutAWholeCheckpointIsNotBegunAnewUnasked() throws IOException {
        fit(config(2, FROZEN_TOWER), "run");
        for (int epoch = 1; epoch <= 2; epoch++) {
            Path file = folder.resolve("run/checkpoint/epoch-0000" + epoch + "/optimizer.safetensors");
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        }
        assertThatThrownBy(() -> fit(config(2, FROZEN_TOWER), "run"))
                .isInstanceOfSatisfying(
                        NumClipException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DATA))
                .hasMessageContainingAll("epoch-00001/optimizer.safetensors: expected", "bytes, found");
    }

    @Test
    void otherSettingsDoNotResume() throws IOException {
        fit(config(1, FROZEN_TOWER), "run");
        assertThatThrownBy(() -> fit(config(1, ALL), "run"))
                .isInstanceOfSatisfying(
                        NumClipException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
                .hasMessageContaining("epoch-00001")
                .hasMessageContaining(
                        "\n  learningRates: " + FROZEN_TOWER.toString().substring(0, 50))
                .hasMessageContaining(" -> " + ALL.toString().substring(0, 50))
                .hasMessageNotContainingAny("images", "CLIP");
    }

    @Test
    void otherLabelsDoNotResume() throws IOException {
        fit(config(1, FROZEN_TOWER), "run");
        List<LabeledImage> relabelled = new ArrayList<>(images);
        relabelled.set(4, new LabeledImage(images.get(4).name(), images.get(4).source(), 21, Map.of()));
        assertThatThrownBy(() -> fit(relabelled, "run"))
                .hasMessageMatching("(?s).*\n  labels of the training images: SHA-256 \\S+ -> SHA-256 \\S+");
        assertThatThrownBy(() -> fit(images.subList(0, 19), "run"))
                .hasMessageMatching(
                        "(?s).*\n  list of the training images: 20 images, SHA-256 \\S+ -> 19 images, SHA-256 \\S+");
    }

    @Test
    void otherPixelsUnderTheSameNameDoNotResume() throws IOException {
        List<LabeledImage> files = new ArrayList<>();
        for (LabeledImage image : images) {
            Path file = folder.resolve(image.name() + ".png");
            ImageIO.write(image.source().read(), "png", file.toFile());
            files.add(new LabeledImage(image.name(), new ImageFile(file), image.label(), Map.of()));
        }
        fit(files, "run");
        Path file = folder.resolve(images.get(3).name() + ".png");
        Files.setLastModifiedTime(file, FileTime.fromMillis(0)); // the same pixels
        fit(files, "run");
        assertThat(listener.resumedAfter).isOne();
        ImageIO.write(images.get(9).source().read(), "png", file.toFile());
        assertThatThrownBy(() -> fit(files, "run"))
                .hasMessageMatching("(?s).*resumed:\n  content of the training images: SHA-256 \\S+ -> SHA-256 \\S+");
    }

    @Test
    void otherWeightsDoNotResume() throws IOException {
        fit(config(1, FROZEN_TOWER), "run");
        ModelDescription same = description();
        BaseModel other = new BaseModel(base().reference(), "0123456789abcdef".repeat(4), base().directory());
        ModelDescription changed = new ModelDescription(
                other, same.preprocessor(), same.scale(), same.coarseHead(), same.fineHead(), same.method());
        TrainingStore store =
                TrainingStore.folder(folder.resolve("run"), changed, Map.of("learningRates", FROZEN_TOWER.toString()));
        try (NumClipModel model = ReferenceModel.load()) {
            Trainer trainer = new Trainer(
                    model, changed, ReferenceModel.losses(24), config(2, FROZEN_TOWER), features(), store, listener);
            assertThatThrownBy(() -> trainer.fit(images, validation))
                    .hasMessageMatching(
                            "(?s).*resumed:\n  CLIP weights and config.json: SHA-256 \\S+ -> SHA-256 0123456789ab…");
        }
    }

    @Test
    void aCheckpointThatDoesNotSayWhatItWasMadeWithDoesNotResume() throws IOException {
        fit(config(1, FROZEN_TOWER), "run");
        Path checkpoint = folder.resolve("run/checkpoint/epoch-00001");
        Path progress = checkpoint.resolve("progress.json");
        String before = Files.readString(progress);
        Files.writeString(
                progress, before.replaceFirst("\"conditions\":\\{[^}]*}", "\"settings\":\"0123456789abcdef\""));
        Seal.put(checkpoint);
        assertThatThrownBy(() -> fit(config(2, FROZEN_TOWER), "run"))
                .isInstanceOfSatisfying(
                        NumClipException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
                .hasMessageContaining("an earlier version of NumCLIP");
    }

    /** The file that says how images become pixels is not part of the CLIP's fingerprint. */
    @Test
    void otherPreprocessingDoesNotResume() throws IOException {
        fit(config(1, FROZEN_TOWER), "run");
        ClipPreprocessor squashing = preprocessor().with(Resizing.SQUASH, PixelStatistics.IMAGENET);
        FeatureCache features = FeatureCache.of(base(), Precision.FP32, squashing);
        String settings = FROZEN_TOWER.toString();
        try (NumClipModel model = ReferenceModel.load()) {
            Trainer trainer =
                    trainer(model, ReferenceModel.losses(24), config(2, FROZEN_TOWER), "run", settings, features);
            assertThatThrownBy(() -> trainer.fit(images, validation))
                    .isInstanceOfSatisfying(
                            NumClipException.class, e -> assertThat(e.fix()).contains("start a new run"));
        }
    }

    @Test
    void onlyTwoCheckpointsAreKept() throws IOException {
        fit(config(4, FROZEN_TOWER), "run");
        assertThat(folder.resolve("run/checkpoint"))
                .isDirectoryNotContaining(path -> path.toString().contains("00002"))
                .isDirectoryContaining(path -> path.endsWith("epoch-00003"))
                .isDirectoryContaining(path -> path.endsWith("epoch-00004"));
    }

    @Test
    void frozenTowerReadsEachImageOnceForAllRuns() throws IOException {
        fit(config(2, FROZEN_TOWER), "first");
        assertThat(listener.encoded).isEqualTo(validation.size() - 1); // one of them is a training image too
        listener.encoded = 0;
        fit(config(2, FROZEN_TOWER), "second");
        assertThat(listener.encoded).isZero();
        assertThat(listener.epochs.subList(2, 4))
                .extracting(EpochResult::validationMae)
                .isEqualTo(listener.epochs.subList(0, 2).stream()
                        .map(EpochResult::validationMae)
                        .toList());
    }

    @Test
    void oneUnreadableImageIsLeftOutAndReported() throws IOException {
        List<LabeledImage> withBad = new ArrayList<>(images);
        withBad.add(3, TestingImages.unreadable("bad.png"));
        for (LearningRates rates : List.of(FROZEN_TOWER, ALL)) {
            listener.skipped.clear();
            try (NumClipModel model = ReferenceModel.load()) {
                TrainingResult result =
                        trainer(model, config(2, rates), rates.toString()).fit(withBad, validation);
                assertThat(result.skippedImages()).containsExactly("bad.png");
                assertThat(listener.skipped).containsExactly("bad.png - bad.png: truncated");
                assertThat(result.epochs()).hasSize(2);
            }
        }
    }

    @Test
    void manyUnreadableImagesEndTheRun() {
        List<LabeledImage> withBad = new ArrayList<>(images);
        withBad.add(TestingImages.unreadable("bad-1.png"));
        withBad.add(TestingImages.unreadable("bad-2.png"));
        assertThatThrownBy(() -> {
                    try (NumClipModel model = ReferenceModel.load()) {
                        trainer(model, config(1, ALL), "run").fit(withBad, validation);
                    }
                })
                .isInstanceOfSatisfying(
                        NumClipException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DATA))
                .hasMessageContaining("2 of 22 images cannot be read");
    }

    /** With pixels that are read in every epoch; a frozen tower keeps features and needs the file no more. */
    @Test
    void imagesThatGoDuringTheTrainingAreLeftOutUntilTheyAreTooMany() throws IOException {
        List<LabeledImage> files = new ArrayList<>();
        for (LabeledImage image : images) {
            Path file = folder.resolve(image.name() + ".png");
            ImageIO.write(image.source().read(), "png", file.toFile());
            files.add(new LabeledImage(image.name(), new ImageFile(file), image.label(), Map.of()));
        }
        TrainingConfig unkept = withoutPixelCache(6);
        TrainingListener deleting = new TrainingListener() {
            @Override
            public void epochFinished(EpochResult result) {
                int epoch = result.epoch();
                assertThat(folder.resolve(images.get(epoch).name() + ".png")
                                        .toFile()
                                        .delete()
                                || epoch > 2)
                        .isTrue();
            }

            @Override
            public void imageSkipped(String name, String reason) {
                listener.imageSkipped(name, reason);
            }
        };
        TrainingStore store = TrainingStore.folder(folder.resolve("run"), description(), Map.of());
        try (NumClipModel model = ReferenceModel.load()) {
            Trainer trainer =
                    new Trainer(model, description(), ReferenceModel.losses(24), unkept, features(), store, deleting);
            assertThatThrownBy(() -> trainer.fit(files, validation))
                    .isInstanceOfSatisfying(
                            NumClipException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DATA))
                    .hasMessageContaining("2 of 20 images cannot be read; the last one is square-2: ");
        }
        assertThat(listener.skipped).hasSize(2).first().asString().startsWith("square-1 - ");
        assertThat(folder.resolve("run/checkpoint")).isDirectoryContaining(path -> path.endsWith("epoch-00002"));
    }

    private static TrainingConfig withoutPixelCache(int epochs) {
        return new TrainingConfig(
                epochs,
                6,
                1,
                List.of(),
                1,
                0,
                Augmentation.NONE,
                ALL,
                0,
                0,
                Sampling.NATURAL,
                0,
                Schedule.MILESTONES,
                0);
    }

    @Test
    void lossesThatStayInfiniteEndTheRun() {
        WeightedLoss infinite = new WeightedLoss(
                "infinite",
                1,
                (output, targets) ->
                        output.value().mean().mul(output.value().getManager().create(Float.POSITIVE_INFINITY)));
        assertThatThrownBy(() -> {
                    try (NumClipModel model = ReferenceModel.load()) {
                        trainer(model, List.of(infinite), epochs(12, FROZEN_TOWER), "run")
                                .fit(images, validation);
                    }
                })
                .isInstanceOfSatisfying(
                        NumClipException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DIVERGED))
                .hasMessageContainingAll(
                        "diverged at step 1 ", "first non-finite: loss infinite = Infinity", "10 steps");
    }

    /** A root has no slope at 0: the loss is finite and its gradient is not. */
    @Test
    void theParameterWhoseGradientIsNotFiniteIsNamed() {
        WeightedLoss steep = new WeightedLoss(
                "steep",
                1,
                (output, targets) ->
                        output.value().sub(output.value().stopGradient()).sqrt().mean());
        LearningRates head = LearningRates.frozen().with(Part.FINE_HEAD, 1e-3);
        assertThatThrownBy(() -> {
                    try (NumClipModel model = ReferenceModel.load()) {
                        trainer(model, List.of(steep), config(8, head), "run").fit(images, validation);
                    }
                })
                .isInstanceOfSatisfying(
                        NumClipException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DIVERGED))
                .hasMessageContainingAll("diverged at step 1 ", "first non-finite: gradient of fine_head.");
    }

    @Test
    void stepsThatAreSkippedAreCountedAndSaid() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        WeightedLoss twice = new WeightedLoss("twice", 1, (output, targets) -> {
            int step = calls.incrementAndGet();
            return step == 6 || step == 8
                    ? output.value().mean().mul(Float.NaN)
                    : output.value().mean();
        });
        try (NumClipModel model = ReferenceModel.load()) {
            TrainingResult result = trainer(model, List.of(twice), config(3, FROZEN_TOWER), "run")
                    .fit(images, validation);
            assertThat(result.epochs()).extracting(EpochResult::skippedSteps).containsExactly(0, 2, 0);
            assertThat(result.epochs()).allMatch(epoch -> Double.isFinite(epoch.totalLoss()));
        }
        assertThat(listener.warnings)
                .singleElement()
                .asString()
                .contains("epoch 2: 2 steps were skipped", "step 6 (first non-finite: loss twice = NaN)");
    }

    /** There are fewer in an epoch than may be skipped in a row. */
    @Test
    void anEpochOfSkippedStepsEndsTheTraining() {
        WeightedLoss infinite = new WeightedLoss(
                "infinite", 1, (output, targets) -> output.value().mean().mul(Float.POSITIVE_INFINITY));
        assertThatThrownBy(() -> {
                    try (NumClipModel model = ReferenceModel.load()) {
                        trainer(model, List.of(infinite), epochs(1, FROZEN_TOWER), "run")
                                .fit(images, validation);
                    }
                })
                .isInstanceOfSatisfying(
                        NumClipException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DIVERGED))
                .hasMessageContainingAll("diverged at step 1 (first non-finite: loss infinite", "no step of epoch 1");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aRunIsNotResumedForFewerEpochsThanItHas() throws IOException {
        fit(config(2, FROZEN_TOWER), "run");
        assertThatThrownBy(() -> fit(config(1, FROZEN_TOWER), "run"))
                .isInstanceOfSatisfying(
                        NumClipException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
                .hasMessage("training.epochs: expected 2 or more, as so many are done; found 1");
    }

    /** Where an epoch has only one step, no later loss would tell. */
    @Test
    void parametersThatAreNotFiniteAreNeverKept() {
        LearningRates head = LearningRates.frozen().with(Part.FINE_HEAD, 1e30);
        WeightedLoss slope = new WeightedLoss(
                "slope", 1, (output, targets) -> output.value().mean().mul(1e12f));
        assertThatThrownBy(() -> {
                    try (NumClipModel model = ReferenceModel.load()) {
                        trainer(model, List.of(slope), epochs(1, head), "run").fit(images, validation);
                    }
                })
                .isInstanceOfSatisfying(
                        NumClipException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DIVERGED))
                .hasMessageContainingAll("diverged in epoch 1", "first non-finite: fine_head.");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    /** The square of such a gradient, which the optimizer keeps, is more than the largest number. */
    @Test
    void momentsThatAreNotFiniteAreNeverKept() {
        WeightedLoss steep = new WeightedLoss(
                "steep", 1, (output, targets) -> output.value().mean().mul(1e25f));
        assertThatThrownBy(() -> {
                    try (NumClipModel model = ReferenceModel.load()) {
                        trainer(model, List.of(steep), config(3, FROZEN_TOWER), "run")
                                .fit(images, validation);
                    }
                })
                .isInstanceOfSatisfying(
                        NumClipException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DIVERGED))
                .hasMessageContaining("first non-finite: ");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    private static TrainingConfig epochs(int steps, LearningRates rates) {
        return new TrainingConfig(
                3,
                20,
                1,
                List.of(),
                1,
                0,
                Augmentation.NONE,
                rates,
                16,
                0,
                Sampling.NATURAL,
                steps,
                Schedule.MILESTONES,
                0);
    }

    /** As after a checkpoint whose model was not stored any more. */
    @Test
    void aModelThatTheLastCheckpointWasNotFollowedByIsStoredAgain() throws IOException {
        fit(config(1, FROZEN_TOWER), "first");
        fitUseless(Kept.LAST);
        byte[] stored = Files.readAllBytes(folder.resolve("run/model/model.safetensors"));
        for (String file : List.of("model.safetensors", "numclip.json", Seal.FILE)) {
            Files.copy(
                    folder.resolve("first/model").resolve(file),
                    folder.resolve("run/model").resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }

        fitUseless(Kept.LAST);
        assertThat(Files.readAllBytes(folder.resolve("run/model/model.safetensors")))
                .isEqualTo(stored);
    }

    @Test
    void patienceEndsTheRun() throws IOException {
        TrainingResult result = fitUseless(Kept.BEST);
        assertThat(result.epochs().size()).isEqualTo(result.bestEpoch() + 2);
    }

    @Test
    void anEpochThatIsAsGoodAsOneBeforeUsesUpPatience() throws IOException {
        WeightedLoss without = new WeightedLoss(
                "without effect", 1, (output, targets) -> output.value().mean().mul(0));
        TrainingResult result = fitWithPatience(without, Kept.BEST);
        assertThat(maes(result)).hasSize(3).containsOnly(result.bestValidationMae());
        assertThat(result.bestEpoch()).isEqualTo(3);
    }

    @Test
    void theLastEpochIsKeptWhereThatIsAskedFor() throws IOException {
        TrainingResult result = fitUseless(Kept.LAST);
        EpochResult last = result.epochs().get(result.epochs().size() - 1);
        assertThat(last.best()).isFalse();
        assertThat(result.bestEpoch()).isEqualTo(last.epoch());
        assertThat(result.bestValidationMae()).isEqualTo(last.validationMae());
        try (NumClipPredictor predictor = read("run")) {
            assertThat(error(predictor)).isCloseTo(last.validationMae(), within(1e-3));
        }
    }

    /** The loss makes numbers small, and has two epochs to be of use. */
    private TrainingResult fitUseless(Kept keep) throws IOException {
        WeightedLoss useless = new WeightedLoss(
                "useless", 1, (output, targets) -> output.value().mean());
        return fitWithPatience(useless, keep);
    }

    /** Of two epochs. */
    private TrainingResult fitWithPatience(WeightedLoss loss, Kept keep) throws IOException {
        TrainingConfig config = new TrainingConfig(
                50,
                6,
                1,
                List.of(),
                1,
                2,
                Augmentation.NONE,
                FROZEN_TOWER,
                16,
                0,
                Sampling.NATURAL,
                0,
                Schedule.MILESTONES,
                0,
                Optimizer.Choice.RADAM,
                Lora.defaults(),
                0,
                keep);
        try (NumClipModel model = ReferenceModel.load()) {
            return trainer(model, List.of(loss), config, "run").fit(images, validation);
        }
    }

    @Test
    void runWithNothingToLearnIsRefused() {
        LearningRates none = LearningRates.frozen();
        assertThatThrownBy(() -> fit(config(1, none), "run"))
                .isInstanceOfSatisfying(
                        NumClipException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION));
    }

    @Test
    void runWithoutValidationImagesIsRefused() throws IOException {
        try (NumClipModel model = ReferenceModel.load()) {
            Trainer trainer = trainer(model, config(1, FROZEN_TOWER), "run");
            assertThatThrownBy(() -> trainer.fit(images, List.of()))
                    .isInstanceOfSatisfying(
                            NumClipException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DATA))
                    .hasMessageContaining("found 20 and 0");
        }
    }

    @Test
    void aRunInMemoryComesToTheSameAsARunInAFolderAndWritesNothing() throws IOException {
        List<Double> inFolder = maes(fit(config(4, FROZEN_TOWER), "run"));
        try (NumClipModel model = ReferenceModel.load();
                TrainingStore store = TrainingStore.memory()) {
            TrainingResult result = new Trainer(
                            model,
                            description(),
                            ReferenceModel.losses(24),
                            config(4, FROZEN_TOWER),
                            features(),
                            store,
                            listener)
                    .fit(images, validation);
            assertThat(maes(result)).isEqualTo(inFolder);
            assertThat(error(new NumClipPredictor(model, preprocessor())))
                    .isCloseTo(result.bestValidationMae(), within(1e-3));
        }
    }

    @Test
    void tooLittleFreeSpaceIsToldBeforeTheFirstEpoch() throws IOException {
        try (NumClipModel model = ReferenceModel.load()) {
            TrainingStore store = new FolderStore(folder.resolve("run"), description(), Map.of(), disk -> 4_000);
            Trainer trainer = new Trainer(
                    model,
                    description(),
                    ReferenceModel.losses(24),
                    config(1, FROZEN_TOWER),
                    features(),
                    store,
                    listener);
            assertThatThrownBy(() -> trainer.fit(images, validation))
                    .isInstanceOfSatisfying(
                            NumClipException.class, e -> assertThat(e.kind()).isEqualTo(Kind.IO))
                    .hasMessageMatching(
                            ".*/run: the training, .* needs [\\d.]+ MB \\(\\d+ bytes\\), free on its disk are 0.0 MB \\(4000 bytes\\)");
        }
        assertThat(listener.batches).isZero();
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void noEpochsLeaveTheModelAsItBeginsAndKeepIt() throws IOException {
        TrainingResult result = fit(config(0, FROZEN_TOWER), "run");
        assertThat(result.epochs()).isEmpty();
        assertThat(result.bestEpoch()).isZero();
        try (NumClipPredictor predictor = read("run")) {
            assertThat(error(predictor)).isCloseTo(result.bestValidationMae(), within(1e-3));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void neitherArraysNorManagersPileUp(boolean inMemory) throws IOException {
        List<Integer> counts = new ArrayList<>();
        List<String> parents = new ArrayList<>();
        try (NumClipModel model = ReferenceModel.load()) {
            TrainingListener counter = new TrainingListener() {
                @Override
                public void batchFinished(int epoch, int batch, int batches, double loss, double imagesPerSecond) {
                    NDManager manager = model.imageTower().manager();
                    counts.add(manager.getManagedArrays().size());
                    parents.add(manager.getParentManager().toString()); // tells how many managers it has
                }
            };
            TrainingConfig config = new TrainingConfig(
                    6,
                    5,
                    1,
                    List.of(),
                    1,
                    0,
                    new Augmentation(true, false),
                    ALL,
                    16,
                    0,
                    Sampling.NATURAL,
                    0,
                    Schedule.MILESTONES,
                    0);
            new Trainer(
                            model,
                            description(),
                            ReferenceModel.losses(24),
                            config,
                            features(),
                            inMemory ? TrainingStore.memory() : TrainingStore.folder(folder, description(), Map.of()),
                            counter)
                    .fit(images, validation);
        }
        assertThat(counts).hasSize(24);
        // the first validation leaves prototypes, which each later one replaces
        assertThat(counts.subList(4, 24)).containsOnly(counts.get(4));
        assertThat(parents).containsOnly(parents.get(0));
    }

    /** The losses of NumCLIP look at the whole batch, so sums of losses of its parts would come to something else. */
    @Test
    void partsOfABatchLearnWhatTheWholeBatchDoes() throws IOException {
        TrainingResult whole = fit(steps(0, ALL), "whole");
        TrainingResult parts = fit(steps(3, ALL), "parts");
        for (int i = 0; i < whole.epochs().size(); i++) {
            EpochResult expected = whole.epochs().get(i);
            assertThat(parts.epochs().get(i).totalLoss()).isCloseTo(expected.totalLoss(), within(1e-4));
            assertThat(parts.epochs().get(i).validationMae()).isCloseTo(expected.validationMae(), within(1e-4));
        }
        assertThat(whole.epochs().get(4).totalLoss())
                .isLessThan(whole.epochs().get(0).totalLoss() - 0.01);
    }

    @Test
    void partsOfABatchGoThroughAFrozenTowerOnce() throws IOException {
        Augmentation flipped = new Augmentation(true, false);
        TrainingResult whole = fit(steps(0, FROZEN_TOWER, 8, flipped), "whole");
        TrainingResult parts = fit(steps(3, FROZEN_TOWER, 8, flipped), "parts");
        for (int i = 0; i < whole.epochs().size(); i++) {
            assertThat(parts.epochs().get(i).totalLoss())
                    .isCloseTo(whole.epochs().get(i).totalLoss(), within(1e-4));
        }
    }

    @Test
    void batchesThatAreDividedAmongProcessorsLearnWhatTheWholeBatchDoes() throws IOException {
        String threads = "ai.djl.pytorch.num_threads"; // DJL has read it long ago
        String before = System.getProperty(threads);
        int count = NativeThreads.count();
        try {
            System.setProperty(threads, "1");
            TrainingResult whole = fit(steps(0, ALL, 16), "of one");
            System.setProperty(threads, "2");
            TrainingResult divided = fit(steps(0, ALL, 16), "of two");
            TrainingResult again = fit(steps(0, ALL, 16), "of two again");
            for (int i = 0; i < whole.epochs().size(); i++) {
                EpochResult expected = whole.epochs().get(i);
                EpochResult found = divided.epochs().get(i);
                assertThat(found.totalLoss()).isCloseTo(expected.totalLoss(), within(1e-4));
                assertThat(found.validationMae()).isCloseTo(expected.validationMae(), within(1e-4));
                assertThat(again.epochs().get(i).totalLoss()).isEqualTo(found.totalLoss());
            }
            assertThat(NativeThreads.count()).isEqualTo(count);
        } finally {
            if (before == null) {
                System.clearProperty(threads);
            } else {
                System.setProperty(threads, before);
            }
        }
    }

    /** The first step of RAdam is the gradient times the rate. */
    @Test
    void layersLearnByTheirDepth() throws IOException {
        LearningRates decaying = ALL.withLayerDecay(0.5);
        Map<String, Double> alike = moved(ALL, "alike");
        Map<String, Double> slower = moved(decaying, "slower");
        Map<String, Double> shares = Map.of(
                "vision_model.embeddings.position_embedding.weight", 0.125,
                "vision_model.encoder.layers.0.mlp.fc1.weight", 0.25,
                "vision_model.encoder.layers.2.mlp.fc1.weight", 1.0,
                "visual_projection.weight", 1.0,
                "text_model.encoder.layers.1.mlp.fc1.weight", 0.5,
                "adapter.fc.2.weight", 1.0);
        shares.forEach((name, share) ->
                assertThat(slower.get(name) / alike.get(name)).as(name).isCloseTo(share, within(0.02)));
    }

    /** Mean way of every parameter in one step. */
    private Map<String, Double> moved(LearningRates rates, String run) throws IOException {
        Map<String, Double> ways = new HashMap<>();
        try (NumClipModel before = ReferenceModel.load();
                NumClipModel after = ReferenceModel.load()) {
            TrainingConfig one = new TrainingConfig(
                    1,
                    20,
                    1,
                    List.of(),
                    1,
                    0,
                    Augmentation.NONE,
                    rates,
                    16,
                    0,
                    Sampling.NATURAL,
                    0,
                    Schedule.MILESTONES,
                    0);
            trainer(after, one, run).fit(images, validation);
            for (Part part : Part.values()) {
                after.parameters(part)
                        .forEach((name, parameter) -> ways.put(
                                name,
                                parameter
                                                .getArray()
                                                .sub(before.parameters(part)
                                                        .get(name)
                                                        .getArray())
                                                .abs()
                                                .mean()
                                                .getFloat()
                                        * 1.0));
            }
        }
        return ways;
    }

    private static TrainingConfig steps(int microBatch, LearningRates rates) {
        return steps(microBatch, rates, 8);
    }

    static TrainingConfig steps(int microBatch, LearningRates rates, int batchSize) {
        return steps(microBatch, rates, batchSize, Augmentation.NONE);
    }

    private static TrainingConfig steps(int microBatch, LearningRates rates, int batchSize, Augmentation augment) {
        return new TrainingConfig(
                5,
                batchSize,
                1,
                List.of(),
                1,
                0,
                augment,
                rates,
                16,
                microBatch,
                Sampling.NATURAL,
                0,
                Schedule.MILESTONES,
                0);
    }

    private TrainingResult fit(List<LabeledImage> train, String run) throws IOException {
        try (NumClipModel model = ReferenceModel.load()) {
            return trainer(model, config(1, FROZEN_TOWER), run).fit(train, validation);
        }
    }

    private TrainingResult fit(TrainingConfig config, String run) throws IOException {
        try (NumClipModel model = ReferenceModel.load()) {
            return trainer(model, config, run).fit(images, validation);
        }
    }

    /** Images are squashed, so that a crop has room. */
    private TrainingResult fit(TrainingConfig config, List<LabeledImage> train, String run) throws IOException {
        ClipPreprocessor squash = preprocessor().with(Resizing.SQUASH, PixelStatistics.MODEL);
        TrainingStore store = TrainingStore.folder(folder.resolve(run), description(), Map.of());
        try (NumClipModel model = ReferenceModel.load()) {
            FeatureCache features = FeatureCache.of(base(), Precision.FP32, squash);
            return new Trainer(model, description(), ReferenceModel.losses(24), config, features, store, listener)
                    .fit(train, validation);
        }
    }

    private Trainer trainer(NumClipModel model, TrainingConfig config, String run) throws IOException {
        return trainer(model, ReferenceModel.losses(24), config, run);
    }

    private Trainer trainer(NumClipModel model, List<WeightedLoss> losses, TrainingConfig config, String run)
            throws IOException {
        return trainer(model, losses, config, run, config.learningRates().toString(), features());
    }

    private Trainer trainer(
            NumClipModel model,
            List<WeightedLoss> losses,
            TrainingConfig config,
            String run,
            String settings,
            FeatureCache features)
            throws IOException {
        TrainingStore store =
                TrainingStore.folder(folder.resolve(run), description(), Map.of("learningRates", settings));
        return new Trainer(model, description(), losses, config, features, store, listener);
    }

    private static FeatureCache features() throws IOException {
        return FeatureCache.of(base(), Precision.FP32, preprocessor());
    }

    private NumClipPredictor read(String run) throws IOException {
        ModelDirectory directory = ModelDirectory.open(folder.resolve(run).resolve("model"));
        return directory.predictor(
                base(),
                ReferenceModel.coarseHead(directory.embedDim()),
                ReferenceModel.head(directory.embedDim()),
                Device.cpu(),
                Precision.FP32);
    }

    private double error(NumClipPredictor predictor) throws IOException {
        PixelPool pool = new PixelPool(List.of(predictor.preprocessor()));
        List<PixelPool.Image> pictures = new ArrayList<>();
        for (LabeledImage image : validation) {
            pictures.add(pool.read(image.source()));
        }
        List<Prediction> predictions = pool.look(pictures, predictor::predict);
        double sum = 0;
        for (int i = 0; i < predictions.size(); i++) {
            sum += Math.abs(predictions.get(i).value() - validation.get(i).label());
        }
        return sum / predictions.size();
    }

    private static List<Double> maes(TrainingResult result) {
        return result.epochs().stream().map(EpochResult::validationMae).toList();
    }

    private static TrainingConfig config(int epochs, LearningRates rates) {
        return new TrainingConfig(
                epochs,
                6,
                1,
                List.of(),
                1,
                0,
                Augmentation.NONE,
                rates,
                16,
                0,
                Sampling.NATURAL,
                0,
                Schedule.MILESTONES,
                0);
    }

    private static ModelDescription description() throws IOException {
        return new ModelDescription(
                base(),
                preprocessor(),
                new LabelScale(0, 100, "years"),
                Map.of("type", "image-text"),
                Map.of("type", "ssr"),
                "numclip");
    }

    private static BaseModel base() throws IOException {
        return BaseModel.of(new ModelSource.Directory(ReferenceModel.CLIP));
    }

    private static ClipPreprocessor preprocessor() throws IOException {
        return ClipDirectory.preprocessor(ReferenceModel.CLIP);
    }
}
