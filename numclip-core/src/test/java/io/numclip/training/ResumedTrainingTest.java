package io.numclip.training;

import static io.numclip.data.RefusalAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.pytorch.jni.JniUtils;
import io.numclip.clip.Precision;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.pixels.PixelStatistics;
import io.numclip.clip.pixels.Resizing;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException.Kind;
import io.numclip.features.FeatureCache;
import io.numclip.golden.ReferenceModel;
import io.numclip.model.BaseModel;
import io.numclip.model.ModelDescription;
import io.numclip.model.NumClipModel;
import io.numclip.storage.Seal;
import io.numclip.training.optimizer.LearningRates;
import io.numclip.training.progress.Kept;
import io.numclip.training.store.TrainingStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that was broken off goes on to the same bits, or says why it does not. */
class ResumedTrainingTest extends TrainerFixture {

    /** Neither checkpoint nor best model holds more than the changes, and with them the run goes on to the same bits. */
    @Test
    void interruptedTrainingOfLowRankChangesGoesOnToTheSameBits() throws IOException {
        fitLowRank(4, "unbroken");
        fitLowRank(2, "broken");
        fitLowRank(4, "broken");
        assertThat(listener.resumedAfter).isEqualTo(2);
        assertEndTheSame("broken", "unbroken");
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
                        Map.of(
                                LabeledImage.ALL_LABELS,
                                "10 " + image.label() + " 90",
                                LabeledImage.MORE_THAN,
                                images.get(0).name())))
                .toList();
        TrainingResult unbroken = fitSquashed(augmented(4, steps), several, "unbroken");
        assertThat(listener.batches).isEqualTo(4 * (steps == 0 ? 4 : steps));
        fitSquashed(augmented(2, steps), several, "broken");
        TrainingResult resumed = fitSquashed(augmented(4, steps), several, "broken");
        assertThat(listener.resumedAfter).isEqualTo(2);
        assertThat(maes(resumed)).isEqualTo(maes(unbroken));
        assertEndTheSame("broken", "unbroken");
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
        assertFitRefused(Kind.DATA, config(2, FROZEN_TOWER))
                .hasMessageContainingAll("epoch-00001/optimizer.safetensors: expected", "bytes, found");
    }

    @Test
    void otherSettingsDoNotResume() throws IOException {
        fit(config(1, FROZEN_TOWER), "run");
        assertFitRefused(Kind.CONFIGURATION, config(1, ALL))
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
        assertThatThrownBy(() -> fit(config(1, FROZEN_TOWER), relabelled, "run"))
                .hasMessageMatching("(?s).*\n  labels of the training images: SHA-256 \\S+ -> SHA-256 \\S+");
        LabeledImage image = images.get(4);
        Map<String, String> said = Map.of(LabeledImage.MORE_THAN, images.get(5).name());
        relabelled.set(4, new LabeledImage(image.name(), image.source(), image.label(), said));
        assertThatThrownBy(() -> fit(config(1, FROZEN_TOWER), relabelled, "run"))
                .as("other comparisons")
                .hasMessageContaining("labels of the training images");
        assertThatThrownBy(() -> fit(config(1, FROZEN_TOWER), images.subList(0, 19), "run"))
                .hasMessageMatching(
                        "(?s).*\n  list of the training images: 20 images, SHA-256 \\S+ -> 19 images, SHA-256 \\S+");
    }

    @Test
    void otherPixelsUnderTheSameNameDoNotResume() throws IOException {
        List<LabeledImage> files = files();
        fit(config(1, FROZEN_TOWER), files, "run");
        Path file = folder.resolve(images.get(3).name() + ".png");
        Files.setLastModifiedTime(file, FileTime.fromMillis(0)); // the same pixels
        fit(config(1, FROZEN_TOWER), files, "run");
        assertThat(listener.resumedAfter).isOne();
        ImageIO.write(images.get(9).source().read(), "png", file.toFile());
        assertThatThrownBy(() -> fit(config(1, FROZEN_TOWER), files, "run"))
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
        assertFitRefused(Kind.CONFIGURATION, config(2, FROZEN_TOWER))
                .hasMessageContaining("an earlier version of NumCLIP");
    }

    /** The file that says how images become pixels is not part of the CLIP's fingerprint. */
    @Test
    void otherPreprocessingDoesNotResume() throws IOException {
        fit(config(1, FROZEN_TOWER), "run");
        ClipPreprocessor squashing = preprocessor().with(Resizing.SQUASH, PixelStatistics.IMAGENET);
        FeatureCache features = FeatureCache.of(base(), Precision.FP32, squashing);
        try (NumClipModel model = ReferenceModel.load()) {
            TrainingConfig config = config(2, FROZEN_TOWER);
            Trainer trainer = trainer(model, config, store("run", config), features);
            assertRefused(Kind.CONFIGURATION, () -> trainer.fit(images, validation))
                    .hasFixContaining("start a new run");
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
    void aRunIsNotResumedForFewerEpochsThanItHas() throws IOException {
        fit(config(2, FROZEN_TOWER), "run");
        assertFitRefused(Kind.CONFIGURATION, config(1, FROZEN_TOWER))
                .hasMessage("training.epochs: expected 2 or more, as so many are done; found 1");
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

    private void fitLowRank(int epochs, String run) throws IOException {
        try (NumClipModel model = ReferenceModel.load(LORA, Precision.FP32)) {
            fitLowRank(model, epochs, run);
        }
    }

    private static TrainingConfig augmented(int epochs, int steps) {
        return TestingTraining.epochs(epochs, ALL)
                .batches(6, steps)
                .seed(3)
                .falling(Schedule.MILESTONES, 0.5, 2)
                .augmented(new Augmentation(true, true))
                .decaying(0.1, 0)
                .config();
    }

    /** Images are squashed, so that a crop has room. */
    private TrainingResult fitSquashed(TrainingConfig config, List<LabeledImage> train, String run) throws IOException {
        ClipPreprocessor squash = preprocessor().with(Resizing.SQUASH, PixelStatistics.MODEL);
        try (NumClipModel model = ReferenceModel.load()) {
            FeatureCache features = FeatureCache.of(base(), Precision.FP32, squash);
            return trainer(model, config, store(run, config), features).fit(train, validation);
        }
    }

    private void assertEndTheSame(String run, String other) {
        for (String file : List.of(
                "checkpoint/epoch-00004/parameters.safetensors",
                "checkpoint/epoch-00004/optimizer.safetensors",
                "model/model.safetensors")) {
            assertThat(folder.resolve(run).resolve(file))
                    .hasSameBinaryContentAs(folder.resolve(other).resolve(file));
        }
    }
}
