package io.numclip.runner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.numclip.testing.PackageRules;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may know whom in the program. */
class RunnerArchitectureTest {

    private static JavaClasses runner;

    @BeforeAll
    static void scan() {
        runner = PackageRules.mainClasses("io.numclip.runner");
    }

    @Test
    void scansTheWholeRunner() {
        assertThat(runner.size()).isGreaterThan(100);
    }

    @Test
    void packagesHaveNoCycles() {
        PackageRules.noCycles().check(runner);
    }

    @Test
    void theRunnerKnowsNoTaskAndNoBuiltIn() {
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
                .check(runner);
    }

    @Test
    void onlyTheDownloadOfModelsOpensConnections() {
        PackageRules.noConnections("io.numclip.runner.pull").check(runner);
        assertThat(PackageRules.noConnections().evaluate(runner).hasViolation())
                .as("the download is seen")
                .isTrue();
    }

    @Test
    void pluginsAreLeftToTheHost() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.pf4j..", "com.google.inject..")
                .check(runner);
    }

    /** A command with more than one file of its own has a room of its name; rooms meet in what they share. */
    @Test
    void noRoomKnowsAnother() {
        String[] rooms = {
            "compare",
            "demo",
            "doctor",
            "embed",
            "evaluate",
            "export",
            "predict",
            "pull",
            "reproduce",
            "runs",
            "serve",
            "split",
            "init",
            "label",
            "train",
            "words"
        };
        for (String room : rooms) {
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.numclip.runner." + room, "io.numclip.runner.command")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.numclip.runner." + room)
                    .check(runner);
        }
    }

    /** Pages could be drawn by anybody. */
    @Test
    void pagesKnowNoReports() {
        noClasses()
                .that()
                .resideInAPackage("io.numclip.runner.page")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.numclip.runner.report", "io.numclip.evaluation..")
                .check(runner);
    }

    @Test
    void reportsKnowNoTerminalAndNoCommandLine() {
        noClasses()
                .that()
                .resideInAPackage("io.numclip.runner.report")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.numclip.runner.terminal", "io.numclip.runner.command", "picocli..")
                .check(runner);
    }
}
