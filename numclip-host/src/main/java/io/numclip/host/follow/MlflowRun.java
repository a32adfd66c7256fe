package io.numclip.host.follow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run on an MLflow server. Its id is kept in a file, so that a process that resumes the training goes on with the same run; what
 * the server has of it is not sent again. For one thread.
 */
final class MlflowRun {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GONE = "RESOURCE_DOES_NOT_EXIST";
    private static final int MOST_SETTINGS = 100; // of a request
    private static final int MOST_METRICS = 500; // of a request, which may have 1000
    private static final int LONGEST_KEY = 250;
    private static final int LONGEST_VALUE = 6000;

    private final MlflowServer server;
    private final Path file;
    private final RunText text;
    private final Map<String, Long> lastSteps = new HashMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>(); // still to be sent
    private @Nullable String id;
    private boolean tagged;

    MlflowRun(MlflowServer server, Path file, RunText text) {
        this.server = server;
        this.file = file;
        this.text = text;
        text.settings().forEach((name, value) -> settings.put(key(name), value));
    }

    /** Finds the run, or makes it, and says what it is. Does what is still to be done, if anything. */
    void open() throws IOException, InterruptedException {
        String run = id == null ? found() : id;
        id = run;
        if (!tagged) {
            send(run, Map.of("tags", pairs(text.tags())));
            tagged = true;
        }
        while (!settings.isEmpty()) {
            List<String> some = settings.keySet().stream().limit(MOST_SETTINGS).toList();
            Map<String, String> batch = new LinkedHashMap<>();
            some.forEach(name -> batch.put(name, settings.get(name)));
            send(run, Map.of("params", pairs(batch)));
            settings.keySet().removeAll(some);
        }
    }

    /** Sends figures; the run must be open. */
    void log(List<MlflowMetric> metrics) throws IOException, InterruptedException {
        List<MlflowMetric> unknown = metrics.stream()
                .filter(metric -> metric.step() > lastSteps.getOrDefault(metric.key(), -1L))
                .toList();
        for (int from = 0; from < unknown.size(); from += MOST_METRICS) {
            List<MlflowMetric> some = unknown.subList(from, Math.min(unknown.size(), from + MOST_METRICS));
            send(
                    opened(),
                    Map.of("metrics", some.stream().map(MlflowMetric::tree).toList()));
            some.forEach(metric -> lastSteps.merge(metric.key(), (long) metric.step(), Math::max));
        }
    }

    /** @param status such as {@code FINISHED} */
    void end(String status) throws IOException, InterruptedException {
        server.post(
                "runs/update",
                Map.of(
                        "run_id",
                        opened(),
                        "status",
                        status,
                        "end_time",
                        Instant.now().toEpochMilli()));
    }

    private String opened() {
        if (id == null) {
            throw new IllegalStateException("the run is not open");
        }
        return id;
    }

    private void send(String run, Map<String, ?> content) throws IOException, InterruptedException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("run_id", run);
        all.putAll(content);
        server.post("runs/log-batch", all);
    }

    private String found() throws IOException, InterruptedException {
        String kept = kept();
        if (kept != null && isReopened(kept)) {
            return kept;
        }
        String made = made(experiment());
        Map<String, String> content = new LinkedHashMap<>();
        content.put("server", server.address().toString());
        content.put("run", made);
        AtomicFile.write(file, JSON.writeValueAsBytes(content));
        return made;
    }

    /** The run of an earlier process; null if there is none on this server. */
    private @Nullable String kept() throws IOException {
        if (!RegularFile.exists(file)) {
            return null;
        }
        JsonNode content = JSON.readTree(RegularFile.read(file));
        boolean here = content.path("server").asText().equals(server.address().toString());
        return here ? content.path("run").asText() : null;
    }

    /** Whether it is still there; then what the server has of it is known. */
    private boolean isReopened(String run) throws MlflowFailure, InterruptedException {
        try {
            JsonNode data =
                    required(server.get("runs/get", "run_id", run), "/run").path("data");
            data.path("metrics")
                    .forEach(metric -> lastSteps.put(
                            metric.path("key").asText(), metric.path("step").asLong()));
            data.path("params")
                    .forEach(setting -> settings.remove(setting.path("key").asText()));
            server.post("runs/update", Map.of("run_id", run, "status", "RUNNING"));
            return true;
        } catch (MlflowFailure failure) {
            if (failure.is(GONE)) {
                return false;
            }
            throw failure;
        }
    }

    private String experiment() throws MlflowFailure, InterruptedException {
        try {
            return known();
        } catch (MlflowFailure failure) {
            if (!failure.is(GONE)) {
                throw failure;
            }
        }
        try {
            return id(server.post("experiments/create", Map.of("name", text.experiment())), "/experiment_id");
        } catch (MlflowFailure failure) {
            if (failure.is("RESOURCE_ALREADY_EXISTS")) {
                return known(); // by another run, at the same time
            }
            throw failure;
        }
    }

    private String known() throws MlflowFailure, InterruptedException {
        JsonNode answer = server.get("experiments/get-by-name", "experiment_name", text.experiment());
        return id(answer, "/experiment/experiment_id");
    }

    private String made(String experiment) throws MlflowFailure, InterruptedException {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("experiment_id", experiment);
        content.put("run_name", text.name());
        content.put("start_time", Instant.now().toEpochMilli());
        return id(server.post("runs/create", content), "/run/info/run_id");
    }

    private static String id(JsonNode answer, String pointer) throws MlflowFailure {
        String id = required(answer, pointer).asText();
        if (id.isBlank()) {
            throw MlflowFailure.ofAnotherProgram();
        }
        return id;
    }

    private static JsonNode required(JsonNode answer, String pointer) throws MlflowFailure {
        JsonNode found = answer.at(pointer);
        if (found.isMissingNode() || found.isNull()) {
            throw MlflowFailure.ofAnotherProgram();
        }
        return found;
    }

    private static List<Map<String, String>> pairs(Map<String, String> texts) {
        List<Map<String, String>> pairs = new ArrayList<>();
        texts.forEach((name, value) -> {
            String cut = value.substring(0, Math.min(LONGEST_VALUE, value.length()));
            pairs.add(Map.of("key", key(name), "value", cut));
        });
        return pairs;
    }

    private static String key(String name) {
        String allowed = MlflowMetric.allowed(name);
        return allowed.substring(0, Math.min(LONGEST_KEY, allowed.length()));
    }
}
