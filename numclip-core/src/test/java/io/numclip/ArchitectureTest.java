package io.numclip;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import io.numclip.testing.PackageRules;
import java.io.InputStream;
import java.nio.Buffer;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may know whom: design rules that a reader can rely on. */
class ArchitectureTest {

    private static JavaClasses core;

    @BeforeAll
    static void scan() {
        core = PackageRules.mainClasses("io.numclip");
    }

    @Test
    void nothingOpensAConnection() {
        PackageRules.noConnections().check(core);
    }

    @Test
    void theEngineIsStartedByItsOneDoor() {
        PackageRules.noUncheckedEngine().check(core);
    }

    @Test
    void scansTheWholeCore() {
        assertThat(core.size()).isGreaterThan(80);
    }

    /** Names without a dot are packages of this module. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "data: com.fasterxml.jackson.annotation java.. org.apache.commons.text.. org.jspecify..",
                "spi: data ai.djl.. java.. org.pf4j org.jspecify..",
                "storage: data ai.djl.. com.fasterxml.jackson.. java.. org.jspecify..",
                "image: data storage java.. javax.imageio.. com.drew.. com.twelvemonkeys.imageio.. org.jspecify..",
                "sample: data java.. javax.imageio org.jspecify..",
                "dataset: spi data image sample storage java.. com.fasterxml.jackson.core.."
                        + " de.siegmar.. org.jspecify.. org.slf4j..",
                // asked before anything else, so it loads nothing else
                "machine: com.sun.management java.. org.jspecify..",
                "protocol: data image storage java.. de.siegmar.. org.jspecify..",
                "uncertainty: data storage java.. com.fasterxml.jackson.. org.hipparchus.. org.jspecify.."
            })
    void aPackageUsesOnlyItselfAnd(String name, String others) {
        classes()
                .that()
                .resideInAPackage("io.numclip." + name + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(Stream.of((name + " " + others).split(" "))
                        .map(each -> each.contains(".") ? each : "io.numclip." + each + "..")
                        .toArray(String[]::new))
                .check(core);
    }

    /** Such as {@code clip ◄ input ◄ model ◄ features ◄ training}. */
    @Test
    void nobodyOnTheWayOfAnImageKnowsWhoComesLater() {
        notKnown("clip", "input", "embedding", "model", "features", "training", "evaluation", "protocol");
        notKnown("input", "embedding", "model", "features", "training", "evaluation", "protocol");
        notKnown("embedding", "model", "features", "training", "evaluation", "protocol");
        notKnown("model", "features", "training", "evaluation", "protocol");
        notKnown("features", "training", "evaluation", "protocol");
        notKnown("training", "evaluation", "protocol");
    }

    private static void notKnown(String name, String... later) {
        noClasses()
                .that()
                .resideInAPackage("io.numclip." + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Arrays.stream(later)
                        .map(each -> "io.numclip." + each + "..")
                        .toArray(String[]::new))
                .check(core);
    }

    /** What a model makes lies on its own device; only these put something on the CPU, and say why. */
    @Test
    void modelsRunOnTheDeviceThatTheyAreGiven() {
        Set<String> exceptions = Set.of(
                "Devices",
                "Tower",
                "StoredWeights",
                "ClipCopy",
                "KeptWeights",
                "RandomWeights",
                "ModelDirectory",
                "NativePixels",
                "HeadInitializer",
                "Safetensors",
                "ContrastivePretrainer");
        noClasses()
                .that(DescribedPredicate.describe(
                        "are not those", (JavaClass type) -> !exceptions.contains(type.getSimpleName())))
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
    void uncertaintyIsMathematicsOnData() {
        noClasses()
                .that()
                .resideInAPackage("io.numclip.uncertainty..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(core);
    }

    @Test
    void binsAndPromptsNeedNoTensor() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.numclip.data..",
                        "io.numclip.dataset..",
                        "io.numclip.sample..",
                        "io.numclip.image..",
                        "io.numclip.binning..",
                        "io.numclip.prompt..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(core);
    }

    @Test
    void theBuiltInTaskIsWrittenAsAStrangersWouldBe() {
        PackageRules.onlyThePluginInterface("io.numclip.task").check(PackageRules.mainClasses("io.numclip.task"));
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
    void onlyTheHostKnowsGuiceAndOnlyTheRunnerTheCommandLine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.google.inject..",
                        "picocli..",
                        "io.numclip.host..",
                        "io.numclip.runner..",
                        "com.fasterxml.jackson.dataformat..")
                .check(core);
    }

    @Test
    void packagesHaveNoCycles() {
        PackageRules.noCycles().check(core);
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
