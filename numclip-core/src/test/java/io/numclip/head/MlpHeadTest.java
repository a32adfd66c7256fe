package io.numclip.head;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.testing.CoarseHeadContract;
import org.junit.jupiter.api.Test;

class MlpHeadTest extends CoarseHeadContract<MlpHead.Config> {

    @Override
    protected MlpHead.Factory factory() {
        return new MlpHead.Factory();
    }

    @Test
    void equalsThatOfTorchInProbabilitiesAndGradients() {
        GoldenHead.check("mlp", factory(), new MlpHead.Config(6), bins());
    }

    @Test
    void refusesAHiddenLayerWithoutUnits() {
        assertThatThrownBy(() -> new MlpHead.Config(0)).hasMessage("hidden must lie within [1, 65536]; found 0");
    }
}
