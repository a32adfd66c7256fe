package io.numclip.head;

import io.numclip.testing.CoarseHeadContract;
import org.junit.jupiter.api.Test;

class CoralHeadTest extends CoarseHeadContract<CoralHead.Config> {

    @Override
    protected CoralHead.Factory factory() {
        return new CoralHead.Factory();
    }

    @Test
    void equalsCoralPytorchInProbabilitiesAndGradients() {
        GoldenHead.check("coral", factory(), new CoralHead.Config(), bins());
    }
}
