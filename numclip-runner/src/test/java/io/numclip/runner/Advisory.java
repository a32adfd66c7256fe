package io.numclip.runner;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A published weakness.
 *
 * @param component group and artifact
 * @param affected ranges: from this version on, to before the second one if there is one
 * @param answer why it does not matter here; empty if there is none
 */
record Advisory(String id, String component, List<List<String>> affected, String answer) {

    @SuppressWarnings("unchecked") // a wrong file fails as one
    static List<Advisory> read(Path file) throws IOException {
        Load yaml = new Load(LoadSettings.builder().build());
        List<Map<String, Object>> entries = (List<Map<String, Object>>) yaml.loadFromString(Files.readString(file));
        return entries.stream()
                .map(entry -> new Advisory(
                        (String) entry.get("id"),
                        (String) entry.get("component"),
                        (List<List<String>>) entry.get("affected"),
                        (String) entry.getOrDefault("answer", "")))
                .toList();
    }

    boolean affects(String version) {
        return affected.stream().anyMatch(range -> isWithin(Version.parse(version), range));
    }

    private static boolean isWithin(Version version, List<String> range) {
        return version.compareTo(Version.parse(range.get(0))) >= 0
                && (range.size() == 1 || version.compareTo(Version.parse(range.get(1))) < 0);
    }
}
