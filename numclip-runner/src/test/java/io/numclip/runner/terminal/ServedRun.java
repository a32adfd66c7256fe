package io.numclip.runner.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.host.NumClip;
import io.numclip.host.TestingCatalog;
import io.numclip.server.NumClipServer;
import io.numclip.server.OpenedModels;
import io.numclip.server.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs over HTTP. */
public final class ServedRun {

    /** Of numbers in float32: images that a server gets alone may be added up in another order. */
    private static final Comparator<JsonNode> CLOSE = (one, other) -> one.isNumber() && other.isNumber()
            ? Math.abs(one.asDouble() - other.asDouble()) <= 1e-6 ? 0 : 1
            : one.equals(other) ? 0 : 1;

    private ServedRun() {}

    /**
     * Asserts that one server says what {@code predict} says.
     *
     * @param predicted by {@code predict --format jsonl}, for each run
     * @param plugins an empty folder
     */
    public static void assertSame(List<Path> runs, List<String> predicted, Path plugins) throws IOException {
        List<Map<String, JsonNode>> served = rows(runs, predicted.get(0), plugins);
        for (int run = 0; run < runs.size(); run++) {
            Map<String, JsonNode> expected = rows(predicted.get(run));
            assertThat(served.get(run))
                    .hasSameSizeAs(expected)
                    .allSatisfy((file, row) -> assertThat(row.equals(CLOSE, expected.get(file)))
                            .as("%s: %s, by predict %s", file, row, expected.get(file))
                            .isTrue());
        }
    }

    /**
     * What one server says of images that {@code predict} has seen, as {@link #rows(String)}; for each run in turn.
     *
     * @param predicted by {@code predict --format jsonl}
     * @param plugins an empty folder
     */
    public static List<Map<String, JsonNode>> rows(List<Path> runs, String predicted, Path plugins) throws IOException {
        Map<String, Path> named = new LinkedHashMap<>();
        List<Map<String, JsonNode>> rows = new ArrayList<>();
        for (Path run : runs) {
            named.put("run-" + named.size(), run);
            rows.add(new LinkedHashMap<>());
        }
        NumClip.Options options = NumClip.Options.defaults().withDevice("cpu");
        try (OpenedModels models = OpenedModels.open(named, TestingCatalog.create(plugins), options);
                NumClipServer server =
                        NumClipServer.start(ServerSettings.local(0), models.served(), models.scoring())) {
            for (String file : rows(predicted).keySet()) {
                JsonNode answer = answer(server, Path.of(file));
                for (int run = 0; run < runs.size(); run++) {
                    rows.get(run).put(file, numbers(answer.at("/predictions/" + run)));
                }
            }
        }
        return rows;
    }

    /** The rows of {@code predict --format jsonl} by their files, without names and digests. */
    public static Map<String, JsonNode> rows(String predicted) throws IOException {
        Map<String, JsonNode> rows = new LinkedHashMap<>();
        for (String line : predicted.lines().toList()) {
            JsonNode row = new ObjectMapper().readTree(line);
            String file = row.path("file").asText();
            rows.put(file, numbers(row));
            assertThat(rows.get(file).path("value").isNumber()).as(line).isTrue();
        }
        return rows;
    }

    private static JsonNode numbers(JsonNode row) {
        return row.<ObjectNode>deepCopy().without(List.of("file", "image", "model", "digest"));
    }

    /** What a server says of an image. */
    public static JsonNode answer(NumClipServer server, Path image) throws IOException {
        String type = image.toString().endsWith(".png") ? "image/png" : "image/jpeg";
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + "v1/predict"))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofFile(image))
                .build();
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            return new ObjectMapper().readTree(answer.body());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
