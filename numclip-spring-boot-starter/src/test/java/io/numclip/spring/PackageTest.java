package io.numclip.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.numclip.testing.PackageRules;
import org.junit.jupiter.api.Test;

class PackageTest {

    /** What is below the library has no Spring on its class path. */
    @Test
    void theLibraryKnowsNoSpring() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "io.micrometer..")
                .check(PackageRules.mainClasses("io.numclip.host"));
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
