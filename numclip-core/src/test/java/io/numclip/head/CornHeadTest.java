package io.numclip.head;

import io.numclip.testing.CoarseHeadContract;
import org.junit.jupiter.api.Test;

class CornHeadTest extends CoarseHeadContract<CornHead.Config> {

    @Override
    protected CornHead.Factory factory() {
        return new CornHead.Factory();
    }

    @Test
    void equalsTheConditionalProbabilitiesOfCornInProbabilitiesAndGradients() {
        GoldenHead.check("corn", factory(), new CornHead.Config(), bins());
    }
}
