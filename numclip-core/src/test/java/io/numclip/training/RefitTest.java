package io.numclip.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.golden.ReferenceModel;
import io.numclip.model.NumClipModel;
import io.numclip.training.progress.EpochResult;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefitTest extends TrainerFixture {

    private final TrainingConfig falling =
            TestingTraining.epochs(4, FROZEN_TOWER).falling(Schedule.COSINE, 1).config();

    /** The rates fall as if the training went on. */
    @Test
    void aTrainingOfSomeEpochsIsTheBeginningOfAWholeOne() throws IOException {
        TrainingResult whole = fit(falling, "whole");
        try (NumClipModel model = ReferenceModel.load()) {
            TrainingResult some = trainer(model, falling, "some").fit(images, validation, 2);
            assertThat(some.epochs()).hasSize(2);
            assertThat(losses(some)).isEqualTo(losses(whole).subList(0, 2));
        }
    }

    private static List<Double> losses(TrainingResult result) {
        return result.epochs().stream().map(EpochResult::totalLoss).toList();
    }
}
