package io.numclip.tasks.aesthetics;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.numclip.testing.PackageRules;
import org.junit.jupiter.api.Test;

/** The task is written as a stranger's would be. */
class PackageTest {

    private final JavaClasses classes = PackageRules.mainClasses("io.numclip.tasks.aesthetics");

    @Test
    void usesOnlyThePluginInterface() {
        PackageRules.onlyThePluginInterface("io.numclip.tasks.aesthetics").check(classes);
    }

    @Test
    void packagesHaveNoCycles() {
        PackageRules.noCycles().check(classes);
    }
}
