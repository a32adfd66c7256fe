package io.numclip.tasks.counting;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.numclip.testing.PackageRules;
import org.junit.jupiter.api.Test;

/** The task is written as a stranger's would be. */
class PackageTest {

    private final JavaClasses classes = PackageRules.mainClasses("io.numclip.tasks.counting");

    @Test
    void usesOnlyThePluginInterface() {
        PackageRules.onlyThePluginInterface("io.numclip.tasks.counting").check(classes);
    }

    @Test
    void packagesHaveNoCycles() {
        PackageRules.noCycles().check(classes);
    }
}
