package io.numclip.reliability;

import io.numclip.storage.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What two equal trainings must have in common: every file whose content does not depend on the time. */
final class RunDigests {

    private RunDigests() {}

    /** By name; leftovers of a killed write count too. */
    static Map<String, String> of(Path run) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = run.relativize(file).toString();
                if (name.endsWith(".safetensors")
                        || name.startsWith("model/")
                        || name.matches("(metrics.json|predictions.csv|config.yaml)")) {
                    digests.put(
                            name,
                            new Fingerprint().add(Files.readAllBytes(file)).hex());
                } else if (name.equals("epochs.csv")) {
                    digests.put(name, withoutSeconds(file));
                }
            }
        }
        return digests;
    }

    private static String withoutSeconds(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.substring(0, line.lastIndexOf(',')))
                .collect(Collectors.joining("\n"));
    }
}
