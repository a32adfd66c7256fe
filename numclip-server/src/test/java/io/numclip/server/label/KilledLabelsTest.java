package io.numclip.server.label;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed at any moment while a page answers; the page sends again what it got no answer to. */
@Tag("ci")
class KilledLabelsTest {

    private static final int KILLS = 40;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> told = new ArrayList<>(); // of what the page knows that it is kept
    private @Nullable String sent; // what it does not know of
    private @Nullable JsonNode state;
    private int again;

    @TempDir
    private Path folder;

    @Test
    void nothingIsLostAndNothingIsKeptTwice() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < KILLS; i++) {
            Process process = start();
            CompletableFuture<Void> kill = CompletableFuture.runAsync(
                    process::destroyForcibly,
                    CompletableFuture.delayedExecutor(200 + random.nextInt(600), TimeUnit.MILLISECONDS));
            answerUntilItIsGone();
            kill.join();
            process.waitFor();
        }
        Process last = start();
        send(sent == null ? body() : sent);
        last.destroyForcibly().waitFor();

        List<String> kept = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("labels.answers.jsonl"))) {
            if (line.startsWith("{\"id\"")) {
                JsonNode answer = JSON.readTree(line);
                kept.add(answer.path("id").asText() + " " + answer.path("image").asText() + " "
                        + answer.path("said").asText());
            }
        }
        assertThat(kept).containsExactlyElementsOf(told);
        assertThat(told.size()).isGreaterThan(KILLS);
        assertThat(again).as("kills while an answer was on its way").isGreaterThan(KILLS / 4);
    }

    private Process start() throws IOException, InterruptedException {
        Path address = folder.resolve("address");
        Files.deleteIfExists(address);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LabelProgram.class.getName(),
                        folder.toString(),
                        address.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("printed").toFile())
                .start();
        while (!Files.exists(address)) {
            assertThat(process.isAlive())
                    .as(Files.readString(folder.resolve("printed")))
                    .isTrue();
            Thread.sleep(5);
        }
        return process;
    }

    private void answerUntilItIsGone() throws Exception {
        try {
            while (true) {
                send(sent == null ? body() : sent);
            }
        } catch (IOException killed) {
            again += sent == null ? 0 : 1;
        }
    }

    /** The next answer; numbers until all have one, then undone and given again. */
    private String body() throws IOException, InterruptedException {
        JsonNode asked = state == null ? ask(null) : state;
        JsonNode image = asked.at("/asked/0/name");
        boolean undo = image.isMissingNode() || asked.path("next").asInt() % 7 == 0;
        return "{\"id\":" + asked.path("next") + ",\"image\":\"" + (undo ? "" : image.asText()) + "\",\"said\":\""
                + (undo ? "undo" : "value") + "\",\"value\":" + (undo ? "null" : "4") + "}";
    }

    private void send(String body) throws IOException, InterruptedException {
        sent = body;
        JsonNode before = JSON.readTree(body);
        state = ask(body);
        sent = null;
        told.add(before.path("id").asText() + " "
                + (before.path("said").asText().equals("undo")
                        ? lastImage()
                        : before.path("image").asText()) + " "
                + before.path("said").asText());
    }

    /** What an undo takes back. */
    private String lastImage() {
        List<String> images = new ArrayList<>();
        for (String each : told) {
            String[] parts = each.split(" ");
            if (parts[2].equals("undo")) {
                images.remove(images.size() - 1);
            } else {
                images.add(parts[1]);
            }
        }
        return images.get(images.size() - 1);
    }

    private JsonNode ask(@Nullable String body) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(Files.readString(folder.resolve("address")) + "questions/number"));
        if (body != null) {
            request.POST(BodyPublishers.ofString(body));
        }
        var answer = client.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
