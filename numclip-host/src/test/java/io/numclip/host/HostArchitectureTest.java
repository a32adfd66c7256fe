package io.numclip.host;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.numclip.testing.PackageRules;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may know whom in the library. */
class HostArchitectureTest {

    private static JavaClasses host;

    @BeforeAll
    static void scan() {
        host = PackageRules.mainClasses("io.numclip.host");
    }

    @Test
    void scansTheWholeHost() {
        assertThat(host.size()).isGreaterThan(80);
    }

    @Test
    void packagesHaveNoCycles() {
        PackageRules.noCycles().check(host);
    }

    @Test
    void theLibraryHasNoTerminalNoChartsAndNoLoggingBackEnd() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.numclip.runner..",
                        "picocli..",
                        "org.knowm.xchart..",
                        "ch.qos.logback..",
                        "org.apache.logging..",
                        "java.util.logging..")
                .check(host);
    }

    @Test
    void theEngineIsStartedByItsOneDoor() {
        PackageRules.noUncheckedEngine().check(host);
    }

    @Test
    void onlyWhoIsToFollowATrainingOpensConnections() {
        PackageRules.noConnections("io.numclip.host.follow").check(host);
        assertThat(PackageRules.noConnections().evaluate(host).hasViolation())
                .as("the MLflow server is seen")
                .isTrue();
    }

    /** Within its package, and made only for a configuration that names an address. */
    @Test
    void onlyOneClassSpeaksHttp() {
        noClasses()
                .that()
                .doNotHaveSimpleName("MlflowServer")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http")
                .check(host);
    }

    @Test
    void followersKnowNoRunAndNoConfiguration() {
        noClasses()
                .that()
                .resideInAPackage("io.numclip.host.follow")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.numclip.host.assembly",
                        "io.numclip.host.run",
                        "io.numclip.host.files",
                        "io.numclip.host.config",
                        "io.numclip.host.plugin")
                .check(host);
    }

    @Test
    void theHostKnowsNoTaskAndNoBuiltIn() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.numclip.tasks..",
                        "io.numclip.task..",
                        "io.numclip.binning..",
                        "io.numclip.prompt..",
                        "io.numclip.head..",
                        "io.numclip.loss..")
                .check(host);
    }

    @Test
    void onlyThePluginHostKnowsPf4jAndGuice() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.numclip.host.plugin")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.pf4j..", "com.google.inject..")
                .check(host);
    }

    @Test
    void configurationsKnowNoRun() {
        noClasses()
                .that()
                .resideInAnyPackage("io.numclip.host.config", "io.numclip.host.plugin")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.numclip.host.assembly",
                        "io.numclip.host.run",
                        "io.numclip.host.result",
                        "io.numclip.host.files")
                .check(host);
    }
}
