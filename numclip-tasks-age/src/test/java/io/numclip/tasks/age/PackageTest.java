package io.numclip.tasks.age;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.numclip.testing.PackageRules;
import org.junit.jupiter.api.Test;

/** The task is written as a stranger's would be. */
class PackageTest {

    private final JavaClasses classes = PackageRules.mainClasses("io.numclip.tasks.age");

    @Test
    void usesOnlyThePluginInterface() {
        PackageRules.onlyThePluginInterface("io.numclip.tasks.age").check(classes);
    }

    @Test
    void packagesHaveNoCycles() {
        PackageRules.noCycles().check(classes);
    }
}
