package io.numclip.host.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.TestingCatalog;
import io.numclip.host.config.ExperimentReader;
import io.numclip.storage.CodePlace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramDigestTest {

    private static final String PLUGIN = Plugin.class.getName().replace('.', '/') + ".class";

    @TempDir
    Path folder;

    /** A class of a plugin. */
    private static final class Plugin {}

    @Test
    void anotherFileOfAPluginIsAnotherProgram() throws Exception {
        String first = digest("first");
        assertThat(digest("second")).isNotEqualTo(first);
        assertThat(digest("first")).isEqualTo(first); // a jar of the same files, built again
    }

    @Test
    void thePluginsThatAConfigurationUsesCount() throws IOException {
        ProgramDigest program = new ProgramDigest();
        ExperimentReader reader = new ExperimentReader(TestingCatalog.create(folder));
        String withTask = program.of(reader.read("brightness", List.of()));
        assertThat(withTask)
                .isNotEqualTo(program.of(List.of()))
                .isEqualTo(new ProgramDigest().of(reader.read("brightness", List.of())));
    }

    private static String digest(String text) throws Exception {
        try (InputStream code = ProgramDigestTest.class.getClassLoader().getResourceAsStream(PLUGIN)) {
            SortedMap<String, byte[]> entries = new TreeMap<>();
            entries.put(PLUGIN, Objects.requireNonNull(code).readAllBytes());
            entries.put("notes.txt", text.getBytes(StandardCharsets.UTF_8));
            return new ProgramDigest().of(List.of(new Loader(entries).loadClass(Plugin.class.getName())));
        }
    }

    /** The class loader of a plugin. */
    private static final class Loader extends ClassLoader implements CodePlace.Holder {

        private final SortedMap<String, byte[]> entries;

        Loader(SortedMap<String, byte[]> entries) {
            super(null);
            this.entries = entries;
        }

        @Override
        protected Class<?> findClass(String name) {
            byte[] code = Objects.requireNonNull(entries.get(PLUGIN));
            return defineClass(name, code, 0, code.length);
        }

        @Override
        public List<CodePlace> code() {
            return List.of(CodePlace.of(entries));
        }
    }
}
