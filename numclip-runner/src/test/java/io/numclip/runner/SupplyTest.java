package io.numclip.runner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.testing.PackageRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The libraries that are shipped are those that were looked at, and none of them has a weakness without an answer. */
class SupplyTest {

    private static final Path SUPPLY = Path.of("..", "supply");

    @Test
    void everyLibraryHasTheBytesThatWereLookedAt() throws IOException {
        assertThat(differences(pinned()))
                .as("if the change is meant, 'make supply' writes supply/jars.sha256 anew")
                .isEmpty();
    }

    @Test
    void aLibraryWithOtherBytesIsNamed() throws IOException {
        Map<String, String> pinned = pinned();
        String name = ShippedJar.all().get(0).name();
        pinned.put(name, "0".repeat(64));
        assertThat(differences(pinned)).singleElement().asString().startsWith(name + ": expected 0000");
    }

    @Test
    void aLibraryThatNobodyLookedAtIsNamed() throws IOException {
        Map<String, String> pinned = pinned();
        String name = ShippedJar.all().get(0).name();
        pinned.remove(name);
        assertThat(differences(pinned)).singleElement().asString().startsWith(name + ": not in");
    }

    @Test
    void noLibraryHasAKnownWeaknessWithoutAnAnswer() throws IOException {
        assertThat(weaknesses(advisories(), ShippedJar.all())).isEmpty();
    }

    @Test
    void aVersionWithAKnownWeaknessIsNamed() throws IOException {
        ShippedJar old = new ShippedJar(Path.of("repository/com/google/guava/guava/31.0.1-jre/guava-31.0.1-jre.jar"));
        assertThat(weaknesses(advisories(), List.of(old)))
                .containsExactly("guava-31.0.1-jre.jar: CVE-2020-8908, CVE-2023-2976");
    }

    /** So that answers do not outlive their questions. */
    @Test
    void everyAnswerIsNeeded() throws IOException {
        List<ShippedJar> jars = ShippedJar.all();
        assertThat(advisories())
                .filteredOn(advisory -> !advisory.answer().isEmpty())
                .allSatisfy(advisory ->
                        assertThat(jars).anyMatch(jar -> jar.is(advisory.component()) && isAffected(jar, advisory)));
    }

    /** What the answer to the weaknesses of polymorphic types says. */
    @Test
    void jsonNeverChoosesAType() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson.databind.jsontype..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("com.fasterxml.jackson.annotation.JsonTypeInfo")
                .check(PackageRules.mainClasses("io.numclip"));
    }

    private static List<String> differences(Map<String, String> pinned) throws IOException {
        Map<String, String> left = new TreeMap<>(pinned);
        List<String> found = new ArrayList<>();
        for (ShippedJar jar : ShippedJar.all()) {
            String expected = left.remove(jar.name());
            if (expected == null) {
                found.add(jar.name() + ": not in supply/jars.sha256");
            } else if (!expected.equals(jar.sha256())) {
                found.add(jar.name() + ": expected " + expected + ", found " + jar.sha256());
            }
        }
        left.keySet().forEach(name -> found.add(name + ": in supply/jars.sha256, but not shipped"));
        return found;
    }

    private static List<String> weaknesses(List<Advisory> advisories, List<ShippedJar> jars) {
        return jars.stream()
                .flatMap(jar -> advisories.stream()
                        .filter(advisory -> advisory.answer().isEmpty() && isAffected(jar, advisory))
                        .map(advisory -> jar.name() + ": " + advisory.id()))
                .toList();
    }

    private static boolean isAffected(ShippedJar jar, Advisory advisory) {
        return jar.is(advisory.component()) && advisory.affects(jar.version());
    }

    private static List<Advisory> advisories() throws IOException {
        return Advisory.read(SUPPLY.resolve("advisories.yaml"));
    }

    /** Hash by file, as {@code sha256sum} writes them. */
    private static Map<String, String> pinned() throws IOException {
        Map<String, String> pinned = new TreeMap<>();
        for (String line : Files.readAllLines(SUPPLY.resolve("jars.sha256"))) {
            pinned.put(line.substring(66), line.substring(0, 64));
        }
        return pinned;
    }
}
