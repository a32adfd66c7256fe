package io.numclip.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.Prediction;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.server.NumClipServer;
import io.numclip.server.OpenedModels;
import io.numclip.server.ServerSettings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture has the same number in the Java interface and over HTTP, in both protocols, alone and among others. */
class ServedNumbersTest {

    private static final int IMAGES = 20;
    private static final double EQUAL = 1e-6;
    private static final List<String> ASKED = List.of("", "?model=age", "?model=beauty");
    private static final List<List<String>> MODELS =
            List.of(List.of("age", "beauty"), List.of("age"), List.of("beauty"));
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<byte[]> images = new ArrayList<>();
    private final Map<String, List<Prediction>> expected = new LinkedHashMap<>();
    private OpenedModels models;
    private NumClipServer server;

    @BeforeEach
    void start() throws IOException {
        for (int i = 0; i < IMAGES; i++) {
            images.add(image(i));
        }
        TestingModels trained = TestingModels.over("embedded");
        Map<String, Path> runs = new LinkedHashMap<>();
        runs.put("age", trained.write(folder.resolve("age"), 1));
        runs.put("beauty", trained.write(folder.resolve("beauty"), 2));
        PluginCatalog catalog = TestingCatalog.create(folder.resolve("no-plugins"));
        NumClip.Options options = NumClip.Options.defaults().withDevice("cpu");
        for (Map.Entry<String, Path> run : runs.entrySet()) {
            try (NumClip alone = NumClip.open(run.getValue(), catalog, options)) {
                expected.put(run.getKey(), images.stream().map(alone::predict).toList());
            }
        }
        models = OpenedModels.open(runs, catalog, options);
        server = NumClipServer.start(ServerSettings.local(0), models.served(), models.scoring());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        models.close();
    }

    @Test
    void numbersAreTheSameAlone() throws Exception {
        for (int i = 0; i < IMAGES; i++) {
            JsonNode rows = post("v1/predict", "image/png", images.get(i)).path("predictions");
            check(rows.get(0), "age", i);
            check(rows.get(1), "beauty", i);
            JsonNode outputs = post("v2/models/beauty/infer", "application/json", infer(List.of(i)))
                    .path("outputs");
            assertThat(outputs.at("/0/data/0").asDouble())
                    .isEqualTo(expected.get("beauty").get(i).value(), within(EQUAL));
        }
    }

    /** Whoever shares the batch: all models are asked, or one, or the other. */
    @Test
    void numbersAreTheSameAmongOthers() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Future<JsonNode>> answers = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < IMAGES; i++) {
                    byte[] image = images.get(i);
                    String path = "v1/predict" + ASKED.get(i % ASKED.size());
                    answers.add(clients.submit((Callable<JsonNode>) () -> post(path, "image/png", image)));
                }
            }
            for (int i = 0; i < answers.size(); i++) {
                int image = i % IMAGES;
                JsonNode rows = answers.get(i).get().path("predictions");
                List<String> models = MODELS.get(image % ASKED.size());
                assertThat(rows).hasSize(models.size());
                for (int row = 0; row < models.size(); row++) {
                    check(rows.get(row), models.get(row), image);
                }
            }
        } finally {
            clients.shutdownNow();
        }
        JsonNode values = post("v2/models/age/infer", "application/json", infer(List.of(3, 1, 2)))
                .at("/outputs/0/data");
        assertThat(List.of(
                        values.get(0).asDouble(),
                        values.get(1).asDouble(),
                        values.get(2).asDouble()))
                .zipSatisfy(
                        List.of(3, 1, 2),
                        (value, i) -> assertThat(value)
                                .isEqualTo(expected.get("age").get(i).value(), within(EQUAL)));
    }

    private void check(JsonNode row, String model, int image) {
        Prediction prediction = expected.get(model).get(image);
        assertThat(row.path("model").asText()).isEqualTo(model);
        assertThat(row.path("value").asDouble()).isEqualTo(prediction.value(), within(EQUAL));
        for (Prediction.Concept concept : prediction.concepts()) {
            assertThat(row.path("probabilities").path(concept.concept()).asDouble())
                    .isEqualTo(concept.probability(), within(EQUAL));
        }
        assertThat(row.path("digest").asText()).matches("[0-9a-f]{64}");
    }

    private byte[] infer(List<Integer> asked) throws IOException {
        List<String> data = asked.stream()
                .map(i -> Base64.getEncoder().encodeToString(images.get(i)))
                .toList();
        return JSON.writeValueAsBytes(Map.of(
                "inputs",
                List.of(Map.of("name", "image", "shape", List.of(data.size()), "datatype", "BYTES", "data", data))));
    }

    private JsonNode post(String path, String type, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return JSON.readTree(client.send(request, BodyHandlers.ofByteArray()).body());
    }

    private static byte[] image(int seed) throws IOException {
        BufferedImage image = new BufferedImage(50 + seed, 40, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(seed);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }
}
