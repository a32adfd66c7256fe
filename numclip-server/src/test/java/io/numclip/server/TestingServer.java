package io.numclip.server;

import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.host.assembly.RegionSearch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A server without a network, and a client. */
final class TestingServer implements AutoCloseable {

    static final ServerLimits LIMITS = new ServerLimits(
            100_000, 4_096, 4, 8, 100, Duration.ofMillis(700), Duration.ofSeconds(2), Duration.ofSeconds(3));
    /** For tests in which nothing is too slow, on a busy machine neither. */
    static final ServerLimits PATIENT = new ServerLimits(
            100_000, 4_096, 4, 8, 100, Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(2));

    private static final ObjectMapper JSON = new ObjectMapper();

    final TestingScoring scoring = new TestingScoring();
    final NumClipServer server;
    final HttpClient client = HttpClient.newHttpClient();

    /** With one worker: who waits for whom does not depend on the machine. */
    TestingServer() {
        this(settings(new Batching(8, Duration.ofMillis(10), 32, 1), null), LIMITS);
    }

    TestingServer(ServerSettings settings, ServerLimits limits) {
        this(settings, limits, null);
    }

    TestingServer(ServerSettings settings, ServerLimits limits, RegionSearch search) {
        server = NumClipServer.start(settings, limits, TestingScoring.MODELS, scoring, search);
    }

    static ServerSettings settings(Batching batching, Secret token) {
        return new ServerSettings("127.0.0.1", 0, token, false, List.of("numbers.example"), batching);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    /** One image, as it is. */
    HttpResponse<String> predict(String image) throws IOException, InterruptedException {
        return post("/v1/predict", "image/png", image);
    }

    /** A form with files, by name. */
    HttpResponse<String> form(Map<String, String> files) throws IOException, InterruptedException {
        StringBuilder body = new StringBuilder();
        files.forEach(
                (name, content) -> body.append("--limit\r\nContent-Disposition: form-data; name=\"image\"; filename=\"")
                        .append(name)
                        .append("\"\r\nContent-Type: image/png\r\n\r\n")
                        .append(content)
                        .append("\r\n"));
        return post("/v1/predict", "multipart/form-data; boundary=limit", body + "--limit--\r\n");
    }

    static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    /** What the server answers to these bytes, until it closes the connection. */
    String raw(String bytes) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
    }

    static void await(BooleanSupplier what) throws InterruptedException {
        for (int i = 0; i < 3_000; i++) {
            if (what.getAsBoolean()) {
                return; // asked again it may be otherwise: a client that left may come to its turn late
            }
            Thread.sleep(10);
        }
        fail("not within 30 s");
    }

    double metric(String name) {
        try {
            return get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        scoring.never.countDown();
        scoring.waiting.release(1_000);
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
