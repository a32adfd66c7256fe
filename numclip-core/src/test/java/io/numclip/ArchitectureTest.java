package io.numclip;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.InputStream;
import java.nio.Buffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may know whom: design rules that a reader can rely on. */
class ArchitectureTest {

    private static JavaClasses core;

    @BeforeAll
    static void scan() {
        core = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.numclip");
    }

    @Test
    void scansTheWholeCore() {
        assertThat(core.size()).isGreaterThan(80);
    }

    @Test
    void dataKnowsNothingButItself() {
        classes()
                .that()
                .resideInAPackage("io.numclip.data..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.numclip.data..",
                        "java..",
                        "javax.imageio..",
                        "com.drew..",
                        "org.apache.commons.text..",
                        "de.siegmar..",
                        "org.jspecify..",
                        "org.slf4j..")
                .check(core);
    }

    @Test
    void spiKnowsOnlyDataTensorsAndTheMarkersOfPf4j() {
        classes()
                .that()
                .resideInAPackage("io.numclip.spi..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.numclip.spi..", "io.numclip.data..", "ai.djl..", "java..", "org.pf4j", "org.jspecify..")
                .check(core);
    }

    /** What a model makes lies on its own device; only these put something on the CPU, and say why. */
    @Test
    void modelsRunOnTheDeviceThatTheyAreGiven() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Tower")
                .and()
                .doNotHaveSimpleName("PixelBatch")
                .and()
                .doNotHaveSimpleName("Safetensors")
                .and()
                .doNotHaveSimpleName("ContrastivePretrainer")
                .should()
                .callMethod(Device.class, "cpu")
                .orShould()
                .callMethod(Device.class, "gpu")
                .orShould()
                .callMethod(Device.class, "gpu", int.class)
                .orShould()
                .callMethod(Device.class, "fromName", String.class)
                .check(core);
    }

    @Test
    void protocolsKnowOnlyData() {
        classes()
                .that()
                .resideInAPackage("io.numclip.protocol..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.numclip.protocol..", "io.numclip.data..", "java..", "de.siegmar..", "org.jspecify..")
                .check(core);
    }

    @Test
    void uncertaintyIsMathematicsOnData() {
        classes()
                .that()
                .resideInAPackage("io.numclip.uncertainty..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.numclip.uncertainty..", "io.numclip.data..", "java..", "org.jspecify..")
                .check(core);
    }

    @Test
    void binsAndPromptsNeedNoTensor() {
        noClasses()
                .that()
                .resideInAnyPackage("io.numclip.data..", "io.numclip.binning..", "io.numclip.prompt..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(core);
    }

    @Test
    void theBuiltInTaskIsWrittenAsAStrangersWouldBe() {
        classes()
                .that()
                .resideInAPackage("io.numclip.task..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.numclip.task..",
                        "io.numclip.spi..",
                        "io.numclip.data..",
                        "java..",
                        "org.pf4j",
                        "org.jspecify..")
                .check(core);
    }

    @Test
    void nobodyKnowsTheBuiltIns() {
        for (String kind : new String[] {"binning", "prompt", "head", "loss", "task"}) {
            String builtIn = "io.numclip." + kind + "..";
            noClasses()
                    .that()
                    .resideOutsideOfPackage(builtIn)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(builtIn)
                    .check(core);
        }
    }

    @Test
    void onlyTheRunnerKnowsGuiceAndTheCommandLine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.google.inject..", "picocli..", "io.numclip.runner..", "com.fasterxml.jackson.dataformat..")
                .check(core);
    }

    @Test
    void packagesHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("io.numclip.(*)..")
                .should()
                .beFreeOfCycles()
                .check(core);
    }

    @Test
    void noForeignCodeIsLoadedFromAModelDirectory() {
        for (String loader : new String[] {
            "ai.djl.repository.zoo.Criteria",
            "ai.djl.repository.zoo.ModelZoo",
            "ai.djl.util.ClassLoaderUtils",
            "ai.djl.util.ZipUtils",
            "ai.djl.util.TarUtils"
        }) {
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName(loader)
                    .check(core);
        }
        noClasses()
                .should()
                .callMethod(NDList.class, "decode", NDManager.class, byte[].class)
                .orShould()
                .callMethod(NDList.class, "decode", NDManager.class, InputStream.class)
                .check(core);
    }

    /** The engine's own way to overwrite an array writes a deprecation of libtorch to the user's terminal. */
    @Test
    void arraysAreOverwrittenThroughAnIndex() {
        noClasses()
                .should()
                .callMethod(NDArray.class, "set", Buffer.class)
                .orShould()
                .callMethod(NDArray.class, "set", float[].class)
                .orShould()
                .callMethod(NDArray.class, "set", long[].class)
                .check(core);
    }
}
