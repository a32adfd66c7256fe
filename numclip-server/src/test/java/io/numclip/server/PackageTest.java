package io.numclip.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.numclip.testing.PackageRules;
import org.junit.jupiter.api.Test;

/** Who may know whom in the server. */
class PackageTest {

    private final JavaClasses server = PackageRules.mainClasses("io.numclip.server");

    @Test
    void packagesHaveNoCycles() {
        PackageRules.noCycles().check(server);
    }

    @Test
    void theServerAnswersButAsksNobody() {
        PackageRules.noConnections().check(server);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.jetty.client..", "org.eclipse.jetty.proxy..")
                .allowEmptyShould(true)
                .check(server);
    }

    @Test
    void theServerKnowsNoProgramNoTaskAndNoTensor() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.numclip.runner..", "io.numclip.tasks..", "picocli..", "ai.djl..", "ch.qos.logback..")
                .check(server);
    }
}
