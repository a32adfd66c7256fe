package io.numclip.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import io.numclip.spi.FineHead;
import org.junit.jupiter.api.Test;

class RankBatchTest {

    @Test
    void stepGivesEveryParameterOfTheHeadAGradient() {
        try (RankBatch batch = new RankBatch()) {
            FineHead head = batch.ssrHead();
            batch.step(output -> RankBatch.refined(head, output).value().sum());
            assertThat(head.getParameters()).hasSize(4).allSatisfy(parameter -> {
                NDArray gradient = parameter.getValue().getArray().getGradient();
                assertThat(gradient.abs().sum().getFloat()).isPositive();
            });
        }
    }

    @Test
    void everyStepComesToTheSameLoss() {
        try (RankBatch batch = new RankBatch()) {
            float first = batch.step(output -> output.logits().square().mean());
            assertThat(batch.step(output -> output.logits().square().mean())).isEqualTo(first);
        }
    }
}
