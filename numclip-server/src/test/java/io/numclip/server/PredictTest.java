package io.numclip.server;

import static io.numclip.server.TestingServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("ci")
class PredictTest {

    private final TestingServer server = new TestingServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void anImageGetsANumberFromEachModel() throws Exception {
        HttpResponse<String> answer = server.predict("34.5");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Request-Id")).get().asString().matches("[0-9a-f]{16}");
        assertThat(values(answer)).containsExactly("image-1 age 34.5", "image-1 beauty 345.0");
        JsonNode first = json(answer).at("/predictions/0");
        assertThat(first.toString())
                .isEqualTo("{\"image\":\"image-1\",\"model\":\"age\",\"value\":34.5,\"unit\":\"points\",\"lower\":29.5,"
                        + "\"upper\":39.5,\"coverage\":0.9,\"set\":[\"low\",\"high\"],\"outOfRange\":false,"
                        + "\"abstained\":false,\"decisions\":{\"below 18\":true},\"concept\":\"low\",\"strange\":false,\"familiarity\":0.4,"
                        + "\"probabilities\":{\"low\":0.25,\"high\":0.75},\"atLeast\":{\"50\":0.75},"
                        + "\"digest\":\"0123456789abcdef\"}");
        assertThat(json(answer).at("/predictions/1").has("lower")).isFalse();
    }

    @Test
    void severalImagesComeInTheirOrder() throws Exception {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("b.png", "2");
        files.put("a.png", "1");
        files.put("bad.png", "no image");
        HttpResponse<String> answer = server.form(files);
        assertThat(values(answer))
                .containsExactly(
                        "b.png age 2.0",
                        "b.png beauty 20.0",
                        "a.png age 1.0",
                        "a.png beauty 10.0",
                        "bad.png age not JPEG or PNG (first bytes 'no image')",
                        "bad.png beauty not JPEG or PNG (first bytes 'no image')");
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void imagesInBase64HaveTheSameNumbers() throws Exception {
        HttpResponse<String> answer = server.post(
                "/v1/predict",
                "application/json; charset=utf-8",
                "{\"images\":[{\"name\":\"a.jpg\",\"data\":\"" + base64("7") + "\"},{\"data\":\"" + base64("8")
                        + "\"}],\"models\":[\"age\"]}");
        assertThat(values(answer)).containsExactly("a.jpg age 7.0", "image-2 age 8.0");
    }

    @Test
    void modelsAreChosenInTheAddress() throws Exception {
        assertThat(values(server.post("/v1/predict?model=beauty", "image/jpeg", "3")))
                .containsExactly("image-1 beauty 30.0");
        assertThat(values(server.post("/v1/predict?model=beauty&model=age", "image/jpeg", "3")))
                .containsExactly("image-1 age 3.0", "image-1 beauty 30.0");
        HttpResponse<String> none = server.post("/v1/predict?model=weight", "image/jpeg", "3");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(json(none).at("/error/fix").asText()).isEqualTo("ask for age, beauty");
    }

    @Test
    void onlyTheModelsThatAreAskedForPredict() throws Exception {
        server.post("/v1/predict?model=beauty", "image/jpeg", "3");
        server.post("/v2/models/age/infer", "application/json", InferBodies.of("4"));
        assertThat(server.scoring.predicted).containsExactly("beauty 3", "age 4");
        assertThat(server.get("/metrics").body())
                .contains(
                        "numclip_predictions_total{model=\"age\"} 1.0",
                        "numclip_predictions_total{model=\"beauty\"} 1.0");
        server.predict("5");
        assertThat(server.scoring.predicted).endsWith("age 5", "beauty 5");
    }

    @Test
    void anImageThatCannotBeReadHasOneErrorForEachModelThatIsAsked() throws Exception {
        HttpResponse<String> answer = server.post(
                "/v1/predict",
                "application/json",
                "{\"images\":[{\"data\":\"" + base64("x") + "\"},{\"data\":\"" + base64("8")
                        + "\"}],\"models\":[\"beauty\"]}");
        assertThat(values(answer))
                .containsExactly("image-1 beauty not JPEG or PNG (first bytes 'no image')", "image-2 beauty 80.0");
    }

    @Test
    void anImageThatCannotBeReadIsAnErrorIfItIsAlone() throws Exception {
        HttpResponse<String> answer = server.predict("no image");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).at("/error/code").asText()).isEqualTo("unreadable_image");
        assertThat(json(answer).at("/error/message").asText())
                .isEqualTo("image-1: not JPEG or PNG (first bytes 'no image')");
        assertThat(json(answer).at("/requestId").asText())
                .isEqualTo(answer.headers().firstValue("X-Request-Id").orElseThrow());
    }

    @Test
    void whatADecoderSaysOfItselfStaysInside() throws Exception {
        assertThat(json(server.predict("nowhere")).at("/error/message").asText())
                .isEqualTo("image-1: damaged");
    }

    @Test
    void anImageThatBreaksTheModelSpoilsNoOther() throws Exception {
        List<Thread> clients = new ArrayList<>();
        List<Integer> codes = new ArrayList<>();
        for (String image : List.of("explode", "1", "2", "3")) {
            Thread client = new Thread(() -> {
                try {
                    int code = server.predict(image).statusCode();
                    synchronized (codes) {
                        codes.add(code);
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            client.start();
            clients.add(client);
        }
        for (Thread client : clients) {
            client.join();
        }
        assertThat(codes).containsExactlyInAnyOrder(500, 200, 200, 200);
    }

    @Test
    void theMemoryOfImagesIsGivenBack() throws Exception {
        server.predict("1");
        server.predict("explode");
        server.form(Map.of("a", "1", "b", "2"));
        for (int i = 0; i < 100 && server.scoring.open.get() > 0; i++) {
            Thread.sleep(10);
        }
        assertThat(server.scoring.open).hasValue(0);
    }

    @Test
    void theOpenInferenceProtocolHasTheSameNumbers() throws Exception {
        HttpResponse<String> answer = server.post(
                "/v2/models/age/infer",
                "application/json",
                "{\"id\":\"42\",\"inputs\":[{\"name\":\"image\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\""
                        + base64("34.5") + "\",\"" + base64("1") + "\"]}]}");
        assertThat(answer.body())
                .isEqualTo("{\"model_name\":\"age\",\"model_version\":\"0123456789ab\",\"id\":\"42\",\"outputs\":["
                        + "{\"name\":\"value\",\"datatype\":\"FP64\",\"shape\":[2],\"data\":[34.5,1.0]},"
                        + "{\"name\":\"concept\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[\"low\",\"low\"]},"
                        + "{\"name\":\"probabilities\",\"datatype\":\"FP64\",\"shape\":[2,2],\"data\":[0.25,0.75,0.25,0.75]},"
                        + "{\"name\":\"lower\",\"datatype\":\"FP64\",\"shape\":[2],\"data\":[29.5,-4.0]},"
                        + "{\"name\":\"upper\",\"datatype\":\"FP64\",\"shape\":[2],\"data\":[39.5,6.0]},"
                        + "{\"name\":\"below 18\",\"datatype\":\"BOOL\",\"shape\":[2],\"data\":[true,true]},"
                        + "{\"name\":\"strange\",\"datatype\":\"BOOL\",\"shape\":[2],\"data\":[false,false]}]}");
        HttpResponse<String> chosen = server.post(
                "/v2/models/beauty/versions/fedcba987654/infer",
                "application/json",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[1,1],\"datatype\":\"BYTES\",\"data\":[\"" + base64("2")
                        + "\"]}],\"outputs\":[{\"name\":\"value\"}]}");
        assertThat(json(chosen).at("/outputs").toString())
                .isEqualTo("[{\"name\":\"value\",\"datatype\":\"FP64\",\"shape\":[1],\"data\":[20.0]}]");
    }

    /** As tritonclient and the client of KServe send it. */
    @Test
    void clientsOfTheProtocolMaySendMoreThanIsAskedFor() throws Exception {
        String input =
                "{\"name\":\"image\",\"shape\":[1],\"datatype\":\"BYTES\",\"parameters\":{\"content_type\":\"png\"},\"data\":[\""
                        + base64("34") + "\"]}";
        String body = "{\"id\":\"7\",\"model_name\":\"age\",\"model_version\":\"1\",\"inputs\":[" + input
                + "],\"parameters\":{\"binary_data_output\":true,\"x\":[{}]},\"outputs\":[{\"name\":\"value\",\"parameters\":{\"binary_data\":true}}]}";
        for (String type :
                List.of("", "Content-Type: application/octet-stream\r\n", "Content-Type: application/json\r\n")) {
            assertThat(server.raw("POST /v2/models/age/infer HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + type + "Content-Length: " + body.length() + "\r\n\r\n" + body))
                    .endsWith(
                            "\"outputs\":[{\"name\":\"value\",\"datatype\":\"FP64\",\"shape\":[1],\"data\":[34.0]}]}");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            \\2\\0\\0\\034\\1\\0\\0\\07 | 11 | 0 | "data":[34.0,7.0]
            \\2\\0\\0\\034        | 6  | 0 | /inputs/0/shape: expected [1]
            \\2\\0\\0\\034        | 7  | 0 | /inputs/0/parameters/binary_data_size: expected the bytes behind the JSON, 6
            \\2\\0\\0\\034\\1     | 7  | 0 | /inputs/0: expected images behind the JSON
            \\3\\0\\0\\034        | 6  | 0 | /inputs/0: expected images behind the JSON
            \\1\\0\\0\\0200       | 7  | 0 | /inputs/0: expected images behind the JSON
            \\2\\0\\0\\0-1        | 6  | 100000 | Inference-Header-Content-Length: expected a number of bytes
            \\2\\0\\0\\034        | 6  | 1 | the JSON
            """)
    void imagesMayComeBehindTheJson(String behind, int size, int more, String expected) throws Exception {
        String data = behind.replace("\\0", "\0")
                .replace("\\1", "\1")
                .replace("\\2", "\2")
                .replace("\\3", "\3");
        String json =
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[2],\"datatype\":\"BYTES\",\"parameters\":{\"binary_data_size\":"
                        + size + "}}],\"outputs\":[{\"name\":\"value\"}]}";
        assertThat(server.raw("POST /v2/models/age/infer HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Inference-Header-Content-Length: " + (json.length() + more) + "\r\nContent-Length: "
                        + (json.length() + data.length()) + "\r\n\r\n" + json + data))
                .contains(expected);
    }

    private static String base64(String image) {
        return Base64.getEncoder().encodeToString(image.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> values(HttpResponse<String> answer) throws Exception {
        List<String> values = new ArrayList<>();
        json(answer)
                .path("predictions")
                .forEach(row -> values.add(row.path("image").asText() + " "
                        + row.path("model").asText() + " "
                        + (row.has("error")
                                ? row.path("error").asText()
                                : row.path("value").asText())));
        return values;
    }
}
