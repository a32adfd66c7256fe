package io.numclip.tasks.dating;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.numclip.testing.PackageRules;
import org.junit.jupiter.api.Test;

/** The task is written as a stranger's would be. */
class PackageTest {

    private final JavaClasses classes = PackageRules.mainClasses("io.numclip.tasks.dating");

    @Test
    void usesOnlyThePluginInterface() {
        PackageRules.onlyThePluginInterface("io.numclip.tasks.dating").check(classes);
    }

    @Test
    void packagesHaveNoCycles() {
        PackageRules.noCycles().check(classes);
    }
}
