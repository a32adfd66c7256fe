package io.numclip.head;

import io.numclip.testing.CoarseHeadContract;
import org.junit.jupiter.api.Test;

class LinearHeadTest extends CoarseHeadContract<LinearHead.Config> {

    @Override
    protected LinearHead.Factory factory() {
        return new LinearHead.Factory();
    }

    @Test
    void equalsThatOfTorchInProbabilitiesAndGradients() {
        GoldenHead.check("linear", factory(), new LinearHead.Config(), bins());
    }
}
