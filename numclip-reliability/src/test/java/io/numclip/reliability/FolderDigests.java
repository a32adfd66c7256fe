package io.numclip.reliability;

import io.numclip.storage.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What two equal commands must have in common: every file with every byte, but for the times that were measured. */
final class FolderDigests {

    /** Names of files, and what in them depends on the time. */
    private static final Map<String, String> VOLATILE = ofTimes();

    private FolderDigests() {}

    private static Map<String, String> ofTimes() {
        Map<String, String> times = new LinkedHashMap<>();
        times.put("(.*/)?epochs\\.csv", "(?m),[^,\n]*$");
        times.put("(.*/)?epochs\\.jsonl", ",\"seconds\":.*");
        times.put("(.*/)?checkpoint/[^/]+/manifest\\.json", "(?s).*"); // the digest of progress.json
        times.put("(.*/)?checkpoint/[^/]+/progress\\.json|cells/.+\\.json", "\"seconds\":[-+.0-9eE]+");
        times.put("(.*/)?made\\.json", "(?s).*"); // date, duration and machine
        times.put(
                "(.*/)?report\\.html",
                "(?s)<h2[^>]*>About this run</h2>.*"); // drawn from the other files and made.json
        times.put("compare\\.(txt|md|html)", "(?s).*"); // its figures are in compare.csv
        return times;
    }

    /** By name; what a killed writer has left behind counts too. */
    static Map<String, String> of(Path folder) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> !path.equals(folder)).toList()) {
                String name = folder.relativize(file).toString();
                digests.put(name, Files.isDirectory(file) ? "folder" : digest(name, Files.readAllBytes(file)));
            }
        }
        return digests;
    }

    /** Names that only one has, or whose content differs. */
    static Set<String> differences(Map<String, String> one, Map<String, String> other) {
        Set<String> differences = new TreeSet<>(one.keySet());
        differences.addAll(other.keySet());
        differences.removeIf(name -> Objects.equals(one.get(name), other.get(name)));
        return differences;
    }

    private static String digest(String name, byte[] content) {
        for (Map.Entry<String, String> times : VOLATILE.entrySet()) {
            if (name.matches(times.getKey())) {
                String text = new String(content, StandardCharsets.UTF_8);
                return new Fingerprint()
                        .add(text.replaceAll(times.getValue(), ""))
                        .hex();
            }
        }
        return new Fingerprint().add(content).hex();
    }
}
