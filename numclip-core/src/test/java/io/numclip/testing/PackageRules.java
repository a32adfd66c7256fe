package io.numclip.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** Rules about packages that apply to every module. They need ArchUnit on the class path of the tests. */
public final class PackageRules {

    /** What a plugin may use of NumCLIP: the plugin interface, including sub-packages. */
    private static final String[] PLUGIN_INTERFACE = {
        "io.numclip.spi..", "io.numclip.data..", "io.numclip.dataset..", "io.numclip.sample.."
    };

    private PackageRules() {}

    /** All classes of a package and its sub-packages, without tests. */
    public static JavaClasses mainClasses(String packageName) {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages(packageName);
    }

    /** No two packages depend on each other, directly or through others. Each sub-package counts as a package. */
    public static ArchRule noCycles() {
        return SlicesRuleDefinition.slices().assignedFrom(BY_PACKAGE).should().beFreeOfCycles();
    }

    /**
     * Nobody opens a connection.
     *
     * @param exceptions packages that may
     */
    public static ArchRule noConnections(String... exceptions) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(exceptions)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "com.sun.net.httpserver..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(Socket|ServerSocket|DatagramSocket|HttpURLConnection|ProxySelector)"
                        + "|java\\.nio\\.channels\\.(Asynchronous)?(Server)?SocketChannel|javax\\.net\\..*")
                .allowEmptyShould(true);
    }

    /** PyTorch's libraries are compared with the program's before they are loaded, so one class alone asks DJL for its engine. */
    public static ArchRule noUncheckedEngine() {
        return noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.numclip.clip.kernel.NativeLibrary")
                .should()
                .callMethod("ai.djl.engine.Engine", "getInstance")
                .orShould()
                .callMethod("ai.djl.engine.Engine", "getEngine", "java.lang.String")
                .orShould()
                .callMethod("ai.djl.ndarray.NDManager", "newBaseManager")
                .orShould()
                .callMethod("ai.djl.ndarray.NDManager", "newBaseManager", "ai.djl.Device");
    }

    /** The plugin interface is the only part of NumCLIP that is used. */
    public static ArchRule onlyThePluginInterface(String ownPackage) {
        String[] allowed = new String[PLUGIN_INTERFACE.length + 5];
        System.arraycopy(PLUGIN_INTERFACE, 0, allowed, 0, PLUGIN_INTERFACE.length);
        System.arraycopy(
                new String[] {ownPackage + "..", "java..", "ai.djl..", "org.pf4j", "org.jspecify.annotations"},
                0,
                allowed,
                PLUGIN_INTERFACE.length,
                5);
        return classes().should().onlyDependOnClassesThat().resideInAnyPackage(allowed);
    }

    private static final SliceAssignment BY_PACKAGE = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "each package";
        }
    };
}
