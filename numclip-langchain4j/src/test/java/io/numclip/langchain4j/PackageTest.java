package io.numclip.langchain4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.numclip.testing.PackageRules;
import org.junit.jupiter.api.Test;

class PackageTest {

    private final JavaClasses adapter = PackageRules.mainClasses("io.numclip.langchain4j");

    @Test
    void theAdapterFetchesNothing() {
        PackageRules.noConnections().check(adapter);
    }

    @Test
    void theAdapterKnowsTheEmbeddingsAndNothingElseOfNumClip() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.numclip.langchain4j",
                        "io.numclip.embedding",
                        "io.numclip.input", // whose budget is an answer of the embeddings
                        "dev.langchain4j..",
                        "java..",
                        "org.jspecify..")
                .check(adapter);
    }
}
