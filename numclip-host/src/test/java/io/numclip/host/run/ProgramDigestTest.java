package io.numclip.host.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.TestingCatalog;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.result.Versions;
import io.numclip.storage.CodePlace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

    @Test
    void aPluginIsKnownByVersionAndCode() throws Exception {
        ProgramDigest program = new ProgramDigest();
        Map<String, String> first = program.versions(List.of(plugin("first")));
        assertThat(first)
                .containsEntry("NumCLIP", Versions.NUMCLIP)
                .hasEntrySatisfying("plugin words", code -> assertThat(code).matches("1\\.2\\.0, [0-9a-f]{64}"));
        assertThat(program.versions(List.of(plugin("second")))).isNotEqualTo(first);
        assertThat(new ProgramDigest().versions(List.of(plugin("first")))).isEqualTo(first);
        assertThat(program.versions(List.of(ProgramDigestTest.class))).containsOnlyKeys("NumCLIP");
    }

    private static String digest(String text) throws Exception {
        return new ProgramDigest().of(List.of(plugin(text)));
    }

    private static Class<?> plugin(String text) throws Exception {
        try (InputStream code = ProgramDigestTest.class.getClassLoader().getResourceAsStream(PLUGIN)) {
            SortedMap<String, byte[]> entries = new TreeMap<>();
            entries.put(PLUGIN, Objects.requireNonNull(code).readAllBytes());
            entries.put("notes.txt", text.getBytes(StandardCharsets.UTF_8));
            return new Loader(entries).loadClass(Plugin.class.getName());
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
        public String id() {
            return "words";
        }

        @Override
        public String version() {
            return "1.2.0";
        }

        @Override
        public List<CodePlace> code() {
            return List.of(CodePlace.of(entries));
        }
    }
}
