package io.numclip.training;

import static io.numclip.data.RefusalAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.nn.Parameter;
import io.numclip.clip.Precision;
import io.numclip.clip.safetensors.Safetensors;
import io.numclip.data.NumClipException.Kind;
import io.numclip.golden.ReferenceModel;
import io.numclip.model.ModelDirectory;
import io.numclip.model.NumClipModel;
import io.numclip.model.NumClipPredictor;
import io.numclip.training.optimizer.LearningRates;
import io.numclip.training.progress.EpochResult;
import io.numclip.training.progress.Kept;
import io.numclip.training.store.FolderStore;
import io.numclip.training.store.TrainingStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainerTest extends TrainerFixture {

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
        TrainingResult result = fit(config(2, ALL), "run");
        try (NumClipPredictor predictor = read("run")) {
            assertThat(error(predictor)).isCloseTo(result.bestValidationMae(), within(1e-3));
        }
    }

    /** A and B alone are trained and stored: what else the model holds is as without them. */
    @Test
    void aTrainingOfLowRankChangesStoresThemAlone() throws IOException {
        fit(config(1, ALL), "whole");
        long whole = Files.size(folder.resolve("whole/model/model.safetensors"));
        try (NumClipModel model = ReferenceModel.load(LORA, Precision.FP32)) {
            TrainingResult result = fitLowRank(model, 3, "run");
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

    @Test
    void frozenTowerReadsEachImageOnceForAllRuns() throws IOException {
        fit(config(2, FROZEN_TOWER), "first");
        assertThat(listener.encoded).isEqualTo(validation.size() - 1); // one of them is a training image too
        listener.encoded = 0;
        fit(config(2, FROZEN_TOWER), "second");
        assertThat(listener.encoded).isZero();
        assertThat(listener.epochs.subList(2, 4))
                .extracting(EpochResult::validationMae)
                .isEqualTo(maes(listener.epochs.subList(0, 2)));
    }

    @Test
    void runWithNothingToLearnIsRefused() {
        assertFitRefused(Kind.CONFIGURATION, config(1, LearningRates.frozen()));
    }

    @Test
    void runWithoutValidationImagesIsRefused() throws IOException {
        try (NumClipModel model = ReferenceModel.load()) {
            Trainer trainer = trainer(model, config(1, FROZEN_TOWER), "run");
            assertRefused(Kind.DATA, () -> trainer.fit(images, List.of())).hasMessageContaining("found 20 and 0");
        }
    }

    @Test
    void aRunInMemoryComesToTheSameAsARunInAFolderAndWritesNothing() throws IOException {
        List<Double> inFolder = maes(fit(config(4, FROZEN_TOWER), "run"));
        try (NumClipModel model = ReferenceModel.load();
                TrainingStore store = TrainingStore.memory()) {
            TrainingResult result =
                    trainer(model, config(4, FROZEN_TOWER), store, features()).fit(images, validation);
            assertThat(maes(result)).isEqualTo(inFolder);
            assertThat(error(new NumClipPredictor(model, preprocessor())))
                    .isCloseTo(result.bestValidationMae(), within(1e-3));
        }
    }

    @Test
    void tooLittleFreeSpaceIsToldBeforeTheFirstEpoch() throws IOException {
        try (NumClipModel model = ReferenceModel.load()) {
            TrainingStore store = new FolderStore(folder.resolve("run"), description(), Map.of(), disk -> 4_000);
            Trainer trainer = trainer(model, config(1, FROZEN_TOWER), store, features());
            assertRefused(Kind.IO, () -> trainer.fit(images, validation))
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

    @Test
    void patienceEndsTheRun() throws IOException {
        TrainingResult result = fitUseless(Kept.BEST);
        assertThat(result.epochs().size()).isEqualTo(result.bestEpoch() + 2);
    }

    @Test
    void anEpochThatIsAsGoodAsOneBeforeUsesUpPatience() throws IOException {
        WeightedLoss without = new WeightedLoss(
                "without effect", 1, (output, targets) -> output.value().mean().mul(0));
        TrainingResult result = fit(without, patient(Kept.BEST));
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
}
