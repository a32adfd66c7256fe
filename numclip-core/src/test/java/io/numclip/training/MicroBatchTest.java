package io.numclip.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.clip.tower.TrainingMemory;
import io.numclip.golden.ReferenceModel;
import io.numclip.machine.MachineMemory;
import io.numclip.model.NumClipModel;
import io.numclip.model.Part;
import io.numclip.training.optimizer.LearningRates;
import io.numclip.training.progress.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MicroBatchTest {

    private static final MachineMemory LARGE = new MachineMemory(1L << 40, false, 0);

    private final List<TrainingListener.MemoryPlan> plans = new ArrayList<>();
    private final TrainingListener listener = new TrainingListener() {
        @Override
        public void memoryPlanned(MemoryPlan plan) {
            plans.add(plan);
        }
    };
    private NumClipModel model;

    @BeforeEach
    void open() throws Exception {
        model = ReferenceModel.load();
        model.train(Part.IMAGE_ENCODER, true);
    }

    @AfterEach
    void close() {
        model.close();
    }

    private static TrainingConfig config(int microBatch) {
        return TestingTraining.epochs(5, LearningRates.defaults())
                .batches(8, 0)
                .microBatch(microBatch)
                .config();
    }

    /** With memory for so many images, and half of one more. */
    private MachineMemory with(int images) {
        TrainingMemory memory = TrainingMemory.of(model.imageTower());
        long ofTheProgram = LARGE.besideHeap() - LARGE.forModels();
        return new MachineMemory(ofTheProgram + memory.of(images) + memory.image() / 2, true, 0);
    }

    @Test
    void aWholeBatchWhereThereIsMemory() {
        assertThat(MicroBatch.of(model, config(0), LARGE, listener)).isZero();
        assertThat(plans)
                .singleElement()
                .satisfies(plan ->
                        assertThat(plan.images()).isEqualTo(plan.wanted()).isEqualTo(8));
    }

    @Test
    void otherwiseAsManyImagesAsFit() {
        assertThat(MicroBatch.of(model, config(0), with(3), listener)).isEqualTo(3);
        assertThat(plans).singleElement().satisfies(plan -> {
            assertThat(plan.bytes()).isLessThan(plan.free()).isLessThan(plan.wantedBytes());
            assertThat(plan.wanted()).isEqualTo(8);
        });
    }

    @Test
    void whatTheConfigurationSaysStays() {
        assertThat(MicroBatch.of(model, config(5), with(3), listener)).isEqualTo(5);
        assertThat(MicroBatch.of(model, config(9), with(3), listener))
                .as("more than a batch")
                .isZero();
    }

    @Test
    void aFrozenTowerKeepsNoGraph() {
        model.train(Part.IMAGE_ENCODER, false);
        assertThat(MicroBatch.of(model, config(0), with(3), listener)).isZero();
        assertThat(plans).isEmpty();
    }
}
