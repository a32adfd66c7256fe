package io.numclip.bench;

import io.numclip.testing.PackageRules;
import org.junit.jupiter.api.Test;

class PackageTest {

    @Test
    void packagesHaveNoCycles() {
        PackageRules.noCycles().check(PackageRules.mainClasses("io.numclip.bench"));
    }
}
