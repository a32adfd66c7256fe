package io.numclip.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.numclip.testing.PackageRules;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may know whom on Spark. */
@Tag("ci")
class PackageTest {

    private final JavaClasses spark = PackageRules.mainClasses("io.numclip.spark");

    @Test
    void packagesHaveNoCycles() {
        PackageRules.noCycles().check(spark);
    }

    @Test
    void nothingHereOpensConnectionsOfItsOwn() {
        PackageRules.noConnections().check(spark);
    }

    @Test
    void theStagesAreALibraryWithoutTheProgram() {
        noClasses()
                .that()
                .resideInAPackage("io.numclip.spark")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.numclip.runner..", "picocli..")
                .check(spark);
    }

    @Test
    void theJobsKnowNoTaskNoTensorAndNoLoggingBackEnd() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.numclip.tasks..", "ai.djl.ndarray..", "ch.qos.logback..", "org.apache.logging..")
                .check(spark);
    }
}
