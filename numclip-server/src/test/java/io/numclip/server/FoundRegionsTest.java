package io.numclip.server;

import static io.numclip.server.TestingServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.host.TestingCatalog;
import io.numclip.host.assembly.RegionSearch;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a finder: it finds as many squares of one pixel as a picture is red, and a square has the value of its left edge. */
class FoundRegionsTest {

    private static TestingServer server;
    private static RegionSearch search;

    @BeforeAll
    static void start(@TempDir Path noPlugins) {
        search = RegionSearch.open("{type: squares, side: 1}", TestingCatalog.create(noPlugins));
        Batching batching = new Batching(8, Duration.ofMillis(10), 32, 1);
        server = new TestingServer(TestingServer.settings(batching, null), TestingServer.PATIENT, search);
    }

    @AfterAll
    static void close() {
        server.close();
        search.close();
    }

    @Test
    void eachRegionThatIsFoundIsARow() throws Exception {
        JsonNode rows =
                json(predict(picture("a", 2), picture("b", 0), named("c"))).path("predictions");
        assertThat(rows.findValuesAsText("image")).containsExactly("a", "a", "a", "a", "b", "b", "c", "c");
        assertThat(rows.findValues("value"))
                .extracting(JsonNode::asDouble)
                .containsExactly(0.0, 0.0, 1.0, 10.0, 7.0, 70.0);
        assertThat(rows.get(2).toString())
                .startsWith(
                        "{\"image\":\"a\",\"left\":1,\"top\":0,\"width\":1,\"height\":1,\"confidence\":0.5,\"model\"");
        assertThat(rows.get(4).path("error").asText())
                .isEqualTo("squares found no region in the picture; give the region to ask about");
        assertThat(rows.get(4).has("left")).isFalse();
        assertThat(rows.get(6).has("confidence")).isFalse();
    }

    @Test
    void aPictureWithoutRegionAloneIsAnErrorWithWhatToDo() throws Exception {
        HttpResponse<String> answer = predict(picture("a", 0));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).at("/error/message").asText()).isEqualTo("a: squares found no region in the picture");
        assertThat(json(answer).at("/error/fix").asText()).isEqualTo("give the region to ask about");
    }

    @Test
    void aPictureThatCannotBeReadSaysWhy() throws Exception {
        HttpResponse<String> answer = server.predict("no picture");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).at("/error/message").asText()).startsWith("image-1: not JPEG, PNG");
    }

    /** A picture of a large group is one image. */
    @Test
    void aRequestHasSoManyTimesMoreRegionsThanImages() throws Exception {
        int most = 16 * TestingServer.PATIENT.images();
        JsonNode rows = json(predict(picture("a", most - 1), picture("b", 1))).path("predictions");
        assertThat(rows).hasSize(2 * most);
        HttpResponse<String> answer = predict(picture("a", most), picture("b", 1));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json(answer).at("/error/message").asText())
                .isEqualTo("squares found more than 64 regions, 16 times the limit http.images");
    }

    @Test
    void theInferenceProtocolHasAPlaceForOneRegionOfEachPicture() throws Exception {
        JsonNode outputs = json(infer(1, 1)).path("outputs");
        assertThat(outputs.at("/0/data").toString()).isEqualTo("[0.0,0.0]");
        HttpResponse<String> several = infer(1, 3);
        assertThat(several.statusCode()).isEqualTo(422);
        assertThat(several.body())
                .contains("/inputs/0/data/1: squares found 3 regions in the picture")
                .contains("name one in an input 'region', or ask /v1/predict");
        HttpResponse<String> none = infer(0, 1);
        assertThat(none.statusCode()).isEqualTo(422);
        assertThat(none.body()).contains("/inputs/0/data/0: squares found no region in the picture");
    }

    @Test
    void clientsAreToldOfTheFinder() throws Exception {
        assertThat(json(server.get("/v1/models")).path("regions").asText()).isEqualTo("squares");
        try (TestingServer plain = new TestingServer()) {
            assertThat(json(plain.get("/v1/models")).path("regions").isNull()).isTrue();
        }
    }

    private static String picture(String name, int squares) throws IOException {
        return "{\"name\":\"" + name + "\",\"data\":\"" + base64(squares) + "\"}";
    }

    private static String named(String name) throws IOException {
        return "{\"name\":\"" + name + "\",\"data\":\"" + base64(5)
                + "\",\"left\":7,\"top\":1,\"width\":10,\"height\":9}";
    }

    private static String base64(int squares) throws IOException {
        BufferedImage image = new BufferedImage(100, 50, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, squares << 16);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static HttpResponse<String> predict(String... images) throws Exception {
        return server.post(
                "/v1/predict", "application/json", "{\"images\":[" + String.join(",", List.of(images)) + "]}");
    }

    private static HttpResponse<String> infer(Integer... squares) throws Exception {
        List<String> images = new ArrayList<>();
        for (int each : squares) {
            images.add("\"" + base64(each) + "\"");
        }
        return server.post(
                "/v2/models/age/infer",
                "application/json",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[" + squares.length + "],\"datatype\":\"BYTES\",\"data\":"
                        + images + "}]}");
    }
}
