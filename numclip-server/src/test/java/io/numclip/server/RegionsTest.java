package io.numclip.server;

import static io.numclip.server.TestingServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that say where in a picture an image is. */
class RegionsTest {

    private static final TestingServer SERVER = new TestingServer();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void severalRegionsOfAPictureAreSeveralRows() throws Exception {
        JsonNode rows = json(predict(
                        "{\"name\":\"g\",\"data\":\"NQ==\",\"left\":7,\"top\":1,\"width\":10.4,\"height\":9}",
                        "{\"name\":\"g\",\"data\":\"NQ==\",\"left\":20.5,\"top\":1,\"width\":10,\"height\":9}",
                        "{\"name\":\"g\",\"data\":\"NQ==\"}"))
                .path("predictions");
        assertThat(rows.findValues("value"))
                .extracting(JsonNode::asDouble)
                .containsExactly(7.0, 70.0, 20.0, 200.0, 5.0, 50.0);
        assertThat(rows.get(0).toString())
                .startsWith("{\"image\":\"g\",\"left\":7,\"top\":1,\"width\":10,\"height\":9,\"model\"");
        assertThat(rows.get(2).path("left").asInt()).isEqualTo(20);
        assertThat(rows.get(4).has("left")).isFalse();
    }

    @Test
    void allWrongRegionsAreToldAtOnce() throws Exception {
        HttpResponse<String> answer = predict(
                "{\"data\":\"NQ==\",\"left\":-7,\"top\":1,\"width\":10,\"height\":9}",
                "{\"data\":\"NQ==\",\"left\":7,\"top\":1,\"width\":0,\"height\":9}",
                "{\"data\":\"NQ==\",\"left\":7,\"top\":1,\"height\":9}",
                "{\"data\":\"NQ==\",\"left\":1,\"top\":1,\"width\":1,\"height\":9e99}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/message").asText()).isEqualTo("""
                        /images/0: left is -7, outside the picture; give 0 or more pixels
                        /images/1: width is 0, a region of no size; give 1 pixel or more
                        /images/2: of the region only left, top, height are filled; fill all four, or leave all four empty for the whole picture
                        /images/3: top + height is 9.0E99, outside every picture; give pixels""");
    }

    @Test
    void aRegionOutsideItsPictureIsToldWithWhatToDo() throws Exception {
        String outside = "{\"data\":\"NQ==\",\"left\":95,\"top\":1,\"width\":10,\"height\":9}";
        HttpResponse<String> alone = predict(outside);
        assertThat(alone.statusCode()).isEqualTo(422);
        assertThat(json(alone).at("/error/message").asText())
                .isEqualTo("image-1: left + width is 105, outside the upright picture of 100 x 50 pixels");
        assertThat(json(alone).at("/error/fix").asText()).isEqualTo("give a region that lies in it");
        JsonNode rows = json(predict(outside, "{\"data\":\"NQ==\"}")).path("predictions");
        assertThat(rows.get(0).path("error").asText()).startsWith("left + width is 105");
        assertThat(rows.get(2).path("value").asDouble()).isEqualTo(5);
    }

    @Test
    void aFormHasThemBehindTheirFile() throws Exception {
        JsonNode rows = json(form(
                        "file=1",
                        "region=7,1,10.4,9",
                        "region= 20.5, 1, 10, 9",
                        "model=age",
                        "file=2",
                        "file=5",
                        "region=30,0,1,1"))
                .path("predictions");
        assertThat(rows.findValues("value")).extracting(JsonNode::asDouble).containsExactly(7.0, 20.0, 2.0, 30.0);
        assertThat(rows.get(1).toString())
                .startsWith("{\"image\":\"a\",\"left\":20,\"top\":1,\"width\":10,\"height\":9,\"model\"");
    }

    @Test
    void aFormSaysWhichOfItsRegionsIsNone() throws Exception {
        HttpResponse<String> answer = form("file=1", "region=7,1,10,9", "region=-7,1,10,9", "region=7,1,,9");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/message").asText()).isEqualTo("""
                        region 2: left is -7, outside the picture; give 0 or more pixels
                        region 3: of the region only left, top, height are filled; fill all four, or leave all four empty for the whole picture""");
        assertThat(json(form("region=7,1,10,9", "file=1")).at("/error/message").asText())
                .isEqualTo("the field region: stands before any file");
        assertThat(json(form("file=1", "region=7,1,10")).at("/error").toString())
                .contains(
                        "the field region: expected four numbers, found 7,1,10",
                        "send region=412,96,120,150 behind the file");
    }

    @Test
    void regionsCountAsImages() throws Exception {
        List<String> parts = new ArrayList<>(List.of("file=1"));
        parts.addAll(Collections.nCopies(17, "region=7,1,10,9"));
        assertThat(form(parts.toArray(String[]::new)).statusCode()).isEqualTo(413);
    }

    /** @param parts fields, or a file by its content */
    private static HttpResponse<String> form(String... parts) throws Exception {
        StringBuilder body = new StringBuilder();
        for (String part : parts) {
            String[] pair = part.split("=", 2);
            String name = pair[0].equals("file") ? "\"image\"; filename=\"a\"" : "\"" + pair[0] + "\"";
            body.append("--x\r\nContent-Disposition: form-data; name=" + name + "\r\n\r\n" + pair[1] + "\r\n");
        }
        return SERVER.post("/v1/predict", "multipart/form-data; boundary=x", body + "--x--\r\n");
    }

    @Test
    void theInferenceProtocolHasThemAsAnInput() throws Exception {
        JsonNode answer = json(infer("[2,4]", "FP64", "7,0,9,8,40.4,1,2,3"));
        assertThat(answer.at("/outputs/0/data").toString()).isEqualTo("[7.0,40.0]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [2,4] | FP64  | 7,0,9,8              | /inputs/1/shape: expected [1, 4]
            [1,4] | FP64  | 7,0,9,8              | /inputs/1/shape: expected [2, 4], a region for each image
            [2,4] | BYTES | 7,0,9,8,7,0,9,8      | /inputs/1/datatype: expected one of INT32, INT64, FP32, FP64
            [2,4] | INT64 | 7,0,9,8,7,0,9        | /inputs/1/data: expected left, top, width and height of each image
            [2,4] | INT64 | 7,0,9,8,7,0,9,"NQ==" | /inputs/1/data: expected left, top, width and height of each image
            [2,4] | INT64 | 7,0,9,8,7,0,9,-8     | /inputs/1/data/4: height is -8, a region of no size; give 1 pixel or more
            """)
    void aWrongInputIsRefusedWithItsPlace(String shape, String type, String numbers, String message) throws Exception {
        HttpResponse<String> answer = infer(shape, type, numbers);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).at("/error").toString()).contains(message.replace("\"", "\\\""));
    }

    private static HttpResponse<String> predict(String... images) throws Exception {
        return SERVER.post(
                "/v1/predict", "application/json", "{\"images\":[" + String.join(",", List.of(images)) + "]}");
    }

    private static HttpResponse<String> infer(String shape, String type, String numbers) throws Exception {
        return SERVER.post(
                "/v2/models/age/infer",
                "application/json",
                "{\"inputs\":[{\"name\":\"image\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\"NQ==\",\"NQ==\"]},"
                        + "{\"name\":\"region\",\"shape\":" + shape + ",\"datatype\":\"" + type + "\",\"data\":["
                        + numbers + "]}]}");
    }
}
