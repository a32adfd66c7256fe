package io.numclip.runner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Four tools, one place each; and the runner knows no task. */
class RunnerArchitectureTest {

    private static JavaClasses runner;

    @BeforeAll
    static void scan() {
        runner = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.numclip.runner");
    }

    @Test
    void scansTheWholeRunner() {
        assertThat(runner.size()).isGreaterThan(100);
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
    void onlyThePluginHostKnowsPf4j() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.numclip.runner.plugin..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.pf4j..")
                .check(runner);
    }

    @Test
    void onlyThePluginHostAndTheProgramKnowGuice() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.numclip.runner.config..",
                        "io.numclip.runner.experiment..",
                        "io.numclip.runner.report..",
                        "io.numclip.runner.command..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.inject..")
                .check(runner);
    }

    @Test
    void onlyCommandsKnowTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.numclip.runner.command..", "io.numclip.runner")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(runner);
    }

    @Test
    void experimentsKnowNeitherReportsNorCommands() {
        noClasses()
                .that()
                .resideInAnyPackage("io.numclip.runner.config..", "io.numclip.runner.experiment..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.numclip.runner.report..", "io.numclip.runner.command..")
                .check(runner);
    }
}
