package io.numclip.clip.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.util.Platform;
import io.numclip.storage.CacheFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

@DisabledIfEnvironmentVariable(named = "DJL_CACHE_DIR", matches = ".+", disabledReason = "it comes before the property")
class NativeFolderTest {

    private static final String NAMED = "DJL_CACHE_DIR";

    private final String home = System.getProperty("user.home");
    private final String temporary = System.getProperty("java.io.tmpdir");
    private final Platform platform = Platform.detectPlatform("pytorch");

    @TempDir
    private Path root;

    private Path folder;

    @BeforeEach
    void nameFolders() throws IOException {
        System.setProperty(NAMED, root.toString());
        System.setProperty(CacheFolder.PROPERTY, root.resolve("cache").toString());
        folder = Files.createDirectories(root.resolve("pytorch")
                .resolve(platform.getVersion() + "-" + platform.getFlavor() + "-" + platform.getClassifier()));
    }

    @AfterEach
    void restoreProperties() {
        System.clearProperty(NAMED);
        System.clearProperty(CacheFolder.PROPERTY);
        System.setProperty("user.home", home);
        System.setProperty("java.io.tmpdir", temporary);
    }

    @Test
    void librariesOfTheProgramStay() throws IOException {
        Path library = copy("jnilib/" + platform.getClassifier() + "/" + platform.getFlavor() + "/" + jni());

        NativeFolder.check();
        NativeFolder.check();

        assertThat(library).exists();
    }

    @Test
    void libraryThatIsChangedAfterItWasComparedIsNotLoaded() throws IOException {
        Path library = copy("jnilib/" + platform.getClassifier() + "/" + platform.getFlavor() + "/" + jni());
        NativeFolder.check();
        byte[] bytes = Files.readAllBytes(library);
        bytes[bytes.length / 2] ^= 1;
        Files.write(library, bytes);

        NativeFolder.check();

        assertThat(folder).doesNotExist();
    }

    @Test
    void libraryInPlaceOfOneOfTheProgramIsNotLoaded() throws IOException {
        for (String name : platform.getLibraries()) {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name), "mine");

            NativeFolder.check();

            assertThat(folder).as(name).doesNotExist();
        }
    }

    @Test
    void libraryBesideThoseOfTheProgramIsNotLoaded() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("below")).resolve("libmine.so.1"), "mine");

        NativeFolder.check();

        assertThat(folder).doesNotExist();
    }

    @Test
    void linkToALibraryIsNotLoaded() throws IOException {
        Files.createSymbolicLink(folder.resolve("libc10.so"), Files.writeString(root.resolve("mine"), "mine"));

        NativeFolder.check();

        assertThat(folder).doesNotExist();
        assertThat(root.resolve("mine")).exists();
    }

    @Test
    void whatIsNoLibraryAndThatOfAnotherVersionOfTheEngineStay() throws IOException {
        Files.writeString(folder.resolve("README.md"), "notes");
        Files.writeString(folder.resolve("0.1.0-" + jni()), "of another program");

        NativeFolder.check();

        assertThat(folder).isDirectoryContaining("glob:**README.md");
    }

    @Test
    void withoutAHomeTheFolderIsOneOfThisAccount() {
        System.clearProperty(NAMED);
        System.setProperty("user.home", "?");
        System.setProperty("java.io.tmpdir", root.toString());

        NativeFolder.choose();

        assertThat(Path.of(System.getProperty(NAMED)))
                .isEqualTo(CacheFolder.temporary().resolve("djl"));
    }

    private static String jni() {
        return System.mapLibraryName("djl_torch");
    }

    private Path copy(String resource) throws IOException {
        Path target = folder.resolve(Engine.getDjlVersion() + "-" + jni());
        try (InputStream in = Engine.class.getClassLoader().getResourceAsStream(resource)) {
            Files.copy(Objects.requireNonNull(in), target);
        }
        return target;
    }
}
