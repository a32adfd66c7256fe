package io.numclip.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.numclip.clip.kernel.NoGradient;
import org.junit.jupiter.api.Test;

class NoGradientTest {

    @Test
    void aParameterThatIsTrainedIsOverwritten() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Parameter parameter = Parameter.builder()
                    .setName("weight")
                    .setType(Parameter.Type.WEIGHT)
                    .build();
            parameter.setArray(manager.create(new float[] {1, 2}));
            parameter.freeze(false);
            NoGradient.set(parameter, manager.create(new float[] {3, 4}));
            assertThat(parameter.getArray().toFloatArray()).containsExactly(3, 4);
            assertThat(parameter.requiresGradient()).isTrue();
        }
    }
}
