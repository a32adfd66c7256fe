package io.numclip.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.numclip.testing.PackageRules;
import org.junit.jupiter.api.Test;

class PackageTest {

    private final JavaClasses all = PackageRules.mainClasses("io.numclip");

    @Test
    void theLibraryKnowsNoSpring() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.numclip.spring")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "io.micrometer..")
                .check(all);
    }

    @Test
    void theStarterKnowsNoTensorAndOpensNoConnection() {
        JavaClasses starter = PackageRules.mainClasses("io.numclip.spring");
        PackageRules.noConnections().check(starter);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..", "io.numclip.server..", "io.numclip.runner..", "picocli..")
                .check(starter);
    }
}
