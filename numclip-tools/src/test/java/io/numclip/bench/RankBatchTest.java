package io.numclip.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import io.numclip.spi.FineHead;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankBatchTest {

    @Test
    void stepGivesEveryParameterOfTheHeadAGradient() {
        try (RankBatch batch = new RankBatch()) {
            FineHead head = batch.ssrHead();
            batch.step(
                    (output, truth) -> RankBatch.refined(head, output).value().sum());
            assertThat(head.getParameters()).hasSize(4).allSatisfy(parameter -> {
                NDArray gradient = parameter.getValue().getArray().getGradient();
                assertThat(gradient.abs().sum().getFloat()).isPositive();
            });
        }
    }

    @Test
    void everyStepComesToTheSameLoss() {
        try (RankBatch batch = new RankBatch()) {
            float first = batch.step((output, truth) -> output.logits().square().mean());
            assertThat(batch.step((output, truth) -> output.logits().square().mean()))
                    .isEqualTo(first);
        }
    }

    @Test
    void stepLeavesNothingBehind() {
        try (RankBatch batch = new RankBatch()) {
            List<NDArray> made = new ArrayList<>();
            FineHead head = batch.ssrHead();
            batch.step((output, truth) -> {
                made.add(truth.bins().mul(2));
                made.add(RankBatch.refined(head, output).value());
                return made.get(1).sum();
            });
            assertThat(made).allMatch(NDArray::isReleased);
        }
    }
}
