package io.numclip.host.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.host.message.PlainText;
import io.numclip.machine.Processor;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * When and where a run was finished: {@code made.json}. It lies apart from {@code metrics.json}, which is the same for equal runs.
 *
 * @param took how long the last process worked on the run
 * @param machine in words
 */
public record Made(Instant finished, Duration took, String machine) {

    static Made now(Duration took) {
        return new Made(Instant.now().truncatedTo(ChronoUnit.SECONDS), took, thisMachine());
    }

    void write(Path file) throws IOException {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("finished", finished.toString());
        tree.put("seconds", took.toMillis() / 1000.0);
        tree.put("machine", machine);
        MetricsFile.writeWhole(file, tree);
    }

    /** Empty for a run of an earlier version, which has no such file, and where it cannot be read. */
    public static Optional<Made> read(Path file) throws IOException {
        if (!RegularFile.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode tree = new ObjectMapper().readTree(RegularFile.read(file));
            return Optional.of(new Made(
                    Instant.parse(tree.path("finished").asText()),
                    Duration.ofMillis(Math.round(1000 * tree.path("seconds").asDouble())),
                    tree.path("machine").asText()));
        } catch (JsonProcessingException | DateTimeParseException torn) {
            return Optional.empty();
        }
    }

    private static String thisMachine() {
        Runtime java = Runtime.getRuntime();
        int processors = java.availableProcessors();
        return PlainText.counted(processors, "processor")
                + Processor.name().map(name -> " (" + name + ")").orElse("") + ", "
                + String.format(Locale.ROOT, "%.1f GB of memory for Java, ", java.maxMemory() / 1e9)
                + System.getProperty("os.name", "") + " " + System.getProperty("os.arch", "");
    }
}
