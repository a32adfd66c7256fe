package io.numclip.head;

import io.numclip.testing.CoarseHeadContract;
import org.junit.jupiter.api.Test;

class CumulativeLinkHeadTest extends CoarseHeadContract<CumulativeLinkHead.Config> {

    @Override
    protected CumulativeLinkHead.Factory factory() {
        return new CumulativeLinkHead.Factory();
    }

    @Test
    void equalsDlordinalInProbabilitiesAndGradients() {
        GoldenHead.check("logit", factory(), new CumulativeLinkHead.Config(CumulativeLinkHead.Link.LOGIT), bins());
    }

    @Test
    void equalsDlordinalWithTheComplementaryLogLogLink() {
        GoldenHead.check("cloglog", factory(), new CumulativeLinkHead.Config(CumulativeLinkHead.Link.CLOGLOG), bins());
    }
}
