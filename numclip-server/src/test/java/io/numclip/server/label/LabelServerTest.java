package io.numclip.server.label;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.server.http.PageFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelServerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void anAnswerIsOnTheDiskBeforeTheNextQuestion() throws Exception {
        try (LabelFolder labels = new LabelFolder(folder, "anna")) {
            JsonNode first = question(labels);

            JsonNode second = answer(labels, first, "value", "4");

            assertThat(Files.readAllLines(labels.answers())).hasSize(2);
            assertThat(Files.readString(labels.list())).contains("fruit/" + name(first) + ",4,anna");
            assertThat(second.path("next").asInt()).isEqualTo(2);
            assertThat(name(second)).isNotEqualTo(name(first));
            assertThat(second.path("verdict").path("numbers").asInt()).isEqualTo(1);
        }
    }

    @Test
    void undoAndRestartGoOnWhereItStopped() throws Exception {
        JsonNode first;
        try (LabelFolder labels = new LabelFolder(folder, "anna")) {
            first = question(labels);
            JsonNode second = answer(labels, first, "value", "4");
            answer(labels, second, "undo", "null");
        }
        Files.writeString(folder.resolve("labels.answers.jsonl"), "{\"id\":3,", StandardOpenOption.APPEND);

        try (LabelFolder labels = new LabelFolder(folder, "anna")) {
            JsonNode again = question(labels);
            assertThat(name(again)).as("what was taken back").isEqualTo(name(first));
            assertThat(again.path("next").asInt()).isEqualTo(3);
            answer(labels, again, "value", "5");
            assertThat(Files.readString(labels.list())).contains(name(first) + ",5,anna");
            assertThat(Files.readAllLines(labels.answers())).hasSize(4);
        }
    }

    @Test
    void anAnswerThatIsSentAgainAfterARestartIsKeptOnce() throws Exception {
        JsonNode first;
        try (LabelFolder labels = new LabelFolder(folder, "anna")) {
            first = question(labels);
            answer(labels, first, "value", "4");
        }
        try (LabelFolder labels = new LabelFolder(folder, "anna")) {
            JsonNode second = answer(labels, first, "value", "4");
            assertThat(second.path("next").asInt()).isEqualTo(2);
            assertThat(send(labels, first, "value", "6").statusCode())
                    .as("of another window")
                    .isEqualTo(409);
        }
    }

    @Test
    void aSecondPersonIsAskedToo() throws Exception {
        try (LabelFolder labels = new LabelFolder(folder, "anna")) {
            answer(labels, question(labels), "value", "4");
        }
        try (LabelFolder labels = new LabelFolder(folder, "ben")) {
            JsonNode question = question(labels);
            assertThat(question.path("left").asInt()).isEqualTo(LabelFolder.COUNT);
            assertThat(question.path("undoes").isNull())
                    .as("what others said stays")
                    .isTrue();
        }
    }

    @Test
    void comparisonsGoIntoAListOfTheirOwn() throws Exception {
        try (LabelFolder labels = new LabelFolder(folder, "anna")) {
            JsonNode pair = JSON.readTree(get(labels, "questions/pair").body());
            JsonNode next = answer(labels, pair, "image", "null");

            assertThat(next.path("verdict").path("ordered").asInt()).isEqualTo(2);
            assertThat(Files.readAllLines(folder.resolve("labels.pairs.csv")))
                    .endsWith("fruit/" + name(pair) + ",fruit/"
                            + pair.at("/asked/1/name").asText() + ",image,anna");
        }
    }

    @Test
    void imagesAreShownAsTheyAreRead() throws Exception {
        try (LabelFolder labels = new LabelFolder(folder, "anna")) {
            HttpResponse<String> image = get(labels, "images/0");
            assertThat(image.headers().firstValue("Content-Type")).contains("image/png");
            assertThat(get(labels, "images/30").statusCode()).isEqualTo(404);
            assertThat(get(labels, "images/../labels.csv").statusCode()).isNotEqualTo(200);

            Files.writeString(folder.resolve("fruit/fruit-1.png"), "gone");
            assertThat(get(labels, "images/1").body()).contains("not JPEG, PNG");
        }
    }

    @Test
    void wrongAnswersAreRefusedAndNotKept() throws Exception {
        try (LabelFolder labels = new LabelFolder(folder, "anna")) {
            JsonNode first = question(labels);
            for (String body : new String[] {
                "",
                "{",
                "[]",
                "{\"id\":1}",
                "{\"id\":1,\"image\":\"fruit-0.png\",\"said\":\"perhaps\"}",
                "x".repeat(1001)
            }) {
                assertThat(post(labels, "questions/number", body).statusCode())
                        .as(body)
                        .isEqualTo(400);
            }
            assertThat(send(labels, first, "value", "9").body()).contains("9.0 is outside 0.0 to 8.0 days");
            assertThat(send(labels, first, "value", "null").statusCode()).isEqualTo(400);
            assertThat(Files.readAllLines(labels.answers())).hasSize(1);
        }
    }

    @Test
    void pagesOfOtherSitesAreRefused() throws Exception {
        try (LabelFolder labels = new LabelFolder(folder, "anna")) {
            for (String path : new String[] {"questions/number", "questions/pair", "images/0"}) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(labels.address() + path))
                        .header("Origin", "http://evil.invalid")
                        .build();
                assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                        .as(path)
                        .isEqualTo(403);
            }
            assertThat(get(labels, "").headers().firstValue("Content-Security-Policy"))
                    .contains(PageFiles.POLICY);
            assertThat(get(labels, "server.js").statusCode()).isEqualTo(404);
        }
    }

    private JsonNode question(LabelFolder labels) throws Exception {
        return JSON.readTree(get(labels, "questions/number").body());
    }

    private static String name(JsonNode state) {
        return state.at("/asked/0/name").asText();
    }

    private JsonNode answer(LabelFolder labels, JsonNode state, String said, String value) throws Exception {
        HttpResponse<String> answer = send(labels, state, said, value);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> send(LabelFolder labels, JsonNode state, String said, String value) throws Exception {
        JsonNode other = state.at("/asked/1/name");
        String body = "{\"id\":" + state.path("next") + ",\"image\":\"" + name(state) + "\",\"other\":"
                + (other.isMissingNode() ? "null" : other) + ",\"said\":\"" + said + "\",\"value\":" + value + "}";
        return post(labels, other.isMissingNode() ? "questions/number" : "questions/pair", body);
    }

    private HttpResponse<String> post(LabelFolder labels, String path, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(labels.address() + path))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(LabelFolder labels, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(labels.address() + path)).build(), BodyHandlers.ofString());
    }
}
