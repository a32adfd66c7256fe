package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies within the limits that would fill the memory as objects, many at once, in a heap that is small. */
@Tag("campaign")
class HostileBodiesTest {

    private static final int BYTES = 31_000_000;
    private static final String JSON = "application/json";
    private static final String PREDICT = "v1/predict";
    private static final String INFER = "v2/models/run/infer";
    private static final String FORM = "multipart/form-data; boundary=x";
    private static final String PART = "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\n\r\n";

    @TempDir
    Path folder;

    private final ExecutorService attacker = Executors.newSingleThreadExecutor();
    private final HttpClient client = HttpClient.newHttpClient();
    private byte[] image;
    private int port;

    private record Hostile(String what, String path, String type, Supplier<String> content) {}

    private static List<Hostile> bodies() {
        return List.of(
                many("objects among the parameters", INFER, "{\"inputs\":[],\"parameters\":{\"a\":[", "{}", "]}}"),
                many("images without data", PREDICT, "{\"images\":[", "{\"data\":\"\"}", "]}"),
                many("nulls", PREDICT, "{\"images\":[", "null", "]}"),
                many("names of models", PREDICT, "{\"models\":[", "\"a\"", "]}"),
                many("sides of a shape", INFER, "{\"inputs\":[{\"shape\":[", "1", "]}]}"),
                many("outputs", INFER, "{\"inputs\":[],\"outputs\":[", "{}", "]}"),
                many("a key again and again", INFER, "{\"parameters\":{", "\"a\":1", "}}"),
                new Hostile("parameters", INFER, JSON, HostileBodiesTest::parameters),
                new Hostile(
                        "a long name", PREDICT, JSON, () -> "{\"images\":[{\"name\":\"" + "n".repeat(BYTES) + "\"}]}"),
                new Hostile(
                        "a long name of a model", PREDICT, JSON, () -> "{\"models\":[\"" + "n".repeat(BYTES) + "\"]}"),
                new Hostile("Base64", PREDICT, JSON, () -> "{\"images\":[{\"data\":\"" + "A".repeat(BYTES) + "\"}]}"),
                new Hostile(
                        "escapes",
                        PREDICT,
                        JSON,
                        () -> "{\"images\":[{\"data\":\"" + "\\u0041".repeat(BYTES / 24 * 4) + "\"}]}"),
                new Hostile("levels", INFER, JSON, () -> "{\"a\":".repeat(BYTES / 5)),
                new Hostile(
                        "parts",
                        PREDICT,
                        FORM,
                        () -> (PART + "1\r\n").repeat(BYTES / (PART.length() + 3)) + "--x--\r\n"),
                new Hostile("a long part", PREDICT, FORM, () -> PART + "1".repeat(BYTES) + "\r\n--x--\r\n"),
                new Hostile("a long image", PREDICT, "image/png", () -> "1".repeat(BYTES)));
    }

    private static Hostile many(String what, String path, String beginning, String each, String end) {
        return new Hostile(
                what, path, JSON, () -> beginning + (each + ",").repeat(BYTES / (each.length() + 1) - 10) + each + end);
    }

    private static String parameters() {
        StringBuilder body = new StringBuilder("{\"inputs\":[],\"parameters\":{");
        for (int i = 0; body.length() < BYTES; i++) {
            body.append('"').append(Integer.toHexString(i)).append("\":0,");
        }
        return body + "\"a\":0}}";
    }

    @AfterEach
    void close() {
        attacker.shutdownNow();
    }

    /** As the launcher starts a server in a container of 512 MB, where memory that is wanting ends it. */
    @Test
    void theServerLivesAndAnswersOthers() throws Exception {
        Program program = new Program(folder, "-Xmx256m", "-Xmn16m", "-XX:+ExitOnOutOfMemoryError");
        image = SmallTask.trained(program, folder);
        Future<?> attack = attacker.submit(() -> {
            attack(program);
            return true;
        });
        Program.Ended ended = program.stoppedWhen(
                attack::isDone,
                Program.Signal.TERM,
                "serve",
                folder.resolve("run").toString(),
                "--port",
                "0");
        attack.get();
        assertThat(ended.code()).as(program.err()).isZero();
        assertThat(program.err()).as("what is logged").doesNotContain("ERROR", "OutOfMemory");
    }

    private void attack(Program program) throws Exception {
        for (int i = 0; i < 3_000 && BesetServerTest.port(program.out()).isEmpty(); i++) {
            Thread.sleep(20);
        }
        port = BesetServerTest.port(program.out()).orElseThrow();
        int most = Campaign.size(8, 32);
        for (Hostile body : bodies()) {
            byte[] content = body.content().get().getBytes(StandardCharsets.US_ASCII);
            send(body, content, 1);
            send(body, content, most);
        }
        Campaign.figure("63", "kinds of bodies of 31 MB that would fill the memory", bodies().size());
        Campaign.figure("63", "of each at once", most);
        holdBack(most);
        send(new Hostile("50 million pixels", PREDICT, "image/png", () -> ""), manyPixels(), 4);
    }

    /** Few bytes, and most of the heap while it is decoded. */
    private static byte[] manyPixels() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(7_070, 7_070, BufferedImage.TYPE_3BYTE_BGR), "png", png);
        return png.toByteArray();
    }

    private void send(Hostile body, byte[] content, int times) throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            answers.add(client.sendAsync(request(body.path(), body.type(), content), BodyHandlers.ofString()));
            assertThat(predict())
                    .as("a good request beside %d with %s", times, body.what())
                    .isEqualTo(200);
        }
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.get().statusCode()).as(body.what()).isIn(200, 400, 413, 422, 503);
        }
        assertThat(predict()).as("a good request after %s", body.what()).isEqualTo(200);
    }

    /** Nearly all of a large body, and then no more: the memory is wanted by others. */
    private void holdBack(int clients) throws Exception {
        List<Socket> held = new ArrayList<>();
        byte[] much = new byte[BYTES];
        try {
            for (int i = 0; i < clients; i++) {
                Socket socket = new Socket("127.0.0.1", port);
                held.add(socket);
                socket.getOutputStream()
                        .write(("POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
                                        + "Content-Length: " + (BYTES + 1) + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(much);
            }
            assertThat(predict()).isEqualTo(200);
            Thread.sleep(1_500); // who has been on the way for longer than a second gives memory back
            HttpRequest large = request(PREDICT, "image/png", much);
            assertThat(client.send(large, BodyHandlers.ofString()).statusCode())
                    .as("a large body among those that are held back")
                    .isEqualTo(422);
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
        assertThat(predict()).isEqualTo(200);
    }

    private int predict() throws IOException, InterruptedException {
        return client.send(request(PREDICT, "image/png", image), BodyHandlers.ofString())
                .statusCode();
    }

    private HttpRequest request(String path, String type, byte[] content) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(content))
                .build();
    }
}
