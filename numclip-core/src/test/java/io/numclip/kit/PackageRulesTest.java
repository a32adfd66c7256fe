package io.numclip.kit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.numclip.testing.PackageRules;
import org.junit.jupiter.api.Test;

/** The package rules for every module find what they look for. */
class PackageRulesTest {

    private final JavaClasses planted = new ClassFileImporter().importPackages("io.numclip.kit.cycle");

    @Test
    void aPlantedCycleIsFound() {
        assertThatThrownBy(() -> PackageRules.noCycles().check(planted))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("io.numclip.kit.cycle.one")
                .hasMessageContaining("io.numclip.kit.cycle.other");
    }

    @Test
    void aUseOfAClosedPackageIsFound() {
        assertThatThrownBy(() -> PackageRules.onlyThePluginInterface("io.numclip.kit.cycle.one")
                        .check(planted))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("io.numclip.kit.cycle.other.Second");
    }
}
