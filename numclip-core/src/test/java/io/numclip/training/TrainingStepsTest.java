package io.numclip.training;

import static io.numclip.data.RefusalAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.numclip.clip.kernel.NativeThreads;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException.Kind;
import io.numclip.golden.ReferenceModel;
import io.numclip.model.NumClipModel;
import io.numclip.model.Part;
import io.numclip.training.optimizer.LearningRates;
import io.numclip.training.progress.EpochResult;
import io.numclip.training.progress.TrainingListener;
import io.numclip.training.store.TrainingStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a step learns, whole or in parts, and what it leaves behind. */
class TrainingStepsTest extends TrainerFixture {

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
            TrainingConfig config = TestingTraining.epochs(6, ALL)
                    .batches(5, 0)
                    .augmented(new Augmentation(true, false))
                    .config();
            TrainingStore store =
                    inMemory ? TrainingStore.memory() : TrainingStore.folder(folder, description(), Map.of());
            new Trainer(model, description(), ReferenceModel.losses(24), config, features(), store, counter)
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
        TrainingResult whole = fit(steps(ALL, 8, 0), "whole");
        TrainingResult parts = fit(steps(ALL, 8, 3), "parts");
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
        TrainingResult whole = fit(flipped(0), "whole");
        TrainingResult parts = fit(flipped(3), "parts");
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
            TrainingResult whole = fit(steps(ALL, 16, 0), "of one");
            System.setProperty(threads, "2");
            TrainingResult divided = fit(steps(ALL, 16, 0), "of two");
            TrainingResult again = fit(steps(ALL, 16, 0), "of two again");
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
            TrainingConfig one = TestingTraining.epochs(1, rates).batches(20, 0).config();
            trainer(after, one, run).fit(images, validation);
            for (Part part : Part.values()) {
                Map<String, Parameter> untrained = before.parameters(part);
                after.parameters(part).forEach((name, parameter) -> {
                    NDArray way = parameter.getArray().sub(untrained.get(name).getArray());
                    ways.put(name, (double) way.abs().mean().getFloat());
                });
            }
        }
        return ways;
    }

    @Test
    void oneUnreadableImageIsLeftOutAndReported() throws IOException {
        List<LabeledImage> withBad = new ArrayList<>(images);
        withBad.add(3, TestingImages.unreadable("bad.png"));
        for (LearningRates rates : List.of(FROZEN_TOWER, ALL)) {
            listener.skipped.clear();
            TrainingResult result = fit(config(2, rates), withBad, rates.toString());
            assertThat(result.skippedImages()).containsExactly("bad.png");
            assertThat(listener.skipped).containsExactly("bad.png - bad.png: truncated");
            assertThat(result.epochs()).hasSize(2);
        }
    }

    @Test
    void manyUnreadableImagesEndTheRun() {
        List<LabeledImage> withBad = new ArrayList<>(images);
        withBad.add(TestingImages.unreadable("bad-1.png"));
        withBad.add(TestingImages.unreadable("bad-2.png"));
        assertRefused(Kind.DATA, () -> fit(config(1, ALL), withBad, "run"))
                .hasMessageContaining("2 of 22 images cannot be read");
    }

    /** With pixels that are read in every epoch; a frozen tower keeps features and needs the file no more. */
    @Test
    void imagesThatGoDuringTheTrainingAreLeftOutUntilTheyAreTooMany() throws IOException {
        List<LabeledImage> files = files();
        TrainingConfig unkept =
                TestingTraining.epochs(6, ALL).withoutPixelCache().config();
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
            assertRefused(Kind.DATA, () -> trainer.fit(files, validation))
                    .hasMessageContaining("2 of 20 images cannot be read; the last one is square-2: ");
        }
        assertThat(listener.skipped).hasSize(2).first().asString().startsWith("square-1 - ");
        assertThat(folder.resolve("run/checkpoint")).isDirectoryContaining(path -> path.endsWith("epoch-00002"));
    }

    private static TrainingConfig steps(LearningRates rates, int batchSize, int microBatch) {
        return TestingTraining.epochs(5, rates)
                .batches(batchSize, 0)
                .microBatch(microBatch)
                .config();
    }

    private static TrainingConfig flipped(int microBatch) {
        return TestingTraining.epochs(5, FROZEN_TOWER)
                .batches(8, 0)
                .microBatch(microBatch)
                .augmented(new Augmentation(true, false))
                .config();
    }
}
