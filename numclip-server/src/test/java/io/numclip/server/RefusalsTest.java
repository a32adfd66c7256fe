package io.numclip.server;

import static io.numclip.server.TestingServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults 63 to 65, 71 and 73: hostile requests, and what the client is told. */
class RefusalsTest {

    private static final TestingServer SERVER = new TestingServer();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                                                     | the JSON: Unexpected end-of-input
            {"images":[{"data":"MQ==","url":"http://x/"}]}        | /images/0/url: unknown field; known are data, height, left, name, top, width
            {"images":[{"path":"/etc/passwd"}]}                   | /images/0/path: unknown field
            {"images":[{"name":"a"}]}                             | /images/0/data: expected the bytes
            {"images":[null]}                                     | /images/0/data: expected the bytes
            {"images":[]}                                         | there is no image in the request
            {}                                                    | there is no image in the request
            []                                                    | the JSON:
            null                                                  | the body is null
            {"images":{"data":"MQ=="}}                            | /images:
            {"images":[{"data":"*"}]}                             | /images/0/data:
            {"images":[{"data":"data:image/png;base64,MQ=="}]}    | /images/0/data: not Base64 (standard alphabet, with padding, without a prefix such as data:image/png;base64,)
            {"images":[{"data":"!!!"}]}                           | /images/0/data: not Base64
            {"images":[{"data":7}]}                               | /images/0/data: a value of another type
            {"images":[{"name":7,"data":"MQ=="}]}                 | /images/0/name:
            {"images":[{"data":"MQ=="}],"models":[null]}          | /models: a name is null
            {"images":[{"data":"MQ=="}],"models":"age"}           | /models:
            {"images":[{"data":"MQ=="}],"images":[]}              | /images: Duplicate field
            {"images":[{"data":NaN}]}                             | /images/0: Non-standard token 'NaN'
            {"images":[{"data":"MQ=="}]} {}                       | the JSON:
            {"images":[{"data":[[[[[[[[[[[[]]]]]]]]]]]]}]}        | /images/0/data/0: a value of another type
            """)
    void brokenJsonIsRefusedWithItsPlace(String body, String message) throws Exception {
        HttpResponse<String> answer = SERVER.post("/v1/predict", "application/json", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).at("/error/message").asText()).contains(message).doesNotContain("jackson", "numclip.");
        assertThat(json(answer).at("/error/fix").asText()).isNotBlank();
    }

    /** Which is not a body that ends early. */
    @Test
    void jsonBeyondALimitIsToldWhichLimit() throws Exception {
        JsonNode deep = error("{\"a\":".repeat(100) + "1" + "}".repeat(100));
        assertThat(deep.path("message").asText())
                .endsWith("Document nesting depth (9) exceeds the limit json.depth, 8");
        assertThat(deep.path("fix").asText()).isEqualTo("send JSON within this limit");
        String number = "7".repeat(5_000);
        for (String body : List.of(number, "{\"images\":" + number + "}", "{\"images\":[{\"data\":" + number + "}]}")) {
            assertThat(error(body).path("message").asText())
                    .contains("Number value length (5000) exceeds the limit of 100");
        }
    }

    /** Such things end while they are read, before they become objects. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/predict          | {"images":[           | {"data":""} | ]}                     | 413 | more than 4 images in one request, the limit http.images
            /v1/predict          | {"images":[           | null        | ]}                     | 413 | more than 4 images in one request, the limit http.images
            /v1/predict          | {"images":[{"data":[  | 1           | ]}]}                   | 400 | /images/0/data/1122: Token count (1129) exceeds the limit of 1128
            /v1/predict          | {"models":[           | "age"       | ]}                     | 400 | Token count (1129) exceeds the limit of 1128
            /v2/models/age/infer | {"parameters":{"a":[  | {}          | ]}}                    | 400 | Token count (1129) exceeds the limit of 1128
            /v2/models/age/infer | {"outputs":[          | {}          | ]}                     | 400 | Token count (1129) exceeds the limit of 1128
            /v2/models/age/infer | {"inputs":[{"shape":[ | 1           | ]}]}                   | 400 | Token count (1129) exceeds the limit of 1128
            /v2/models/age/infer | {"inputs":[{"data":[  | ""          | ]}]}                   | 413 | more than 4 images in one request, the limit http.images
            """)
    void moreThanARequestNeedsIsRefused(
            String path, String beginning, String each, String end, int status, String message) throws Exception {
        String body = beginning + (each + ",").repeat(1_999) + each + end;
        HttpResponse<String> answer = SERVER.post(path, "application/json", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(message);
    }

    @Test
    void onlyImagesAreLong() throws Exception {
        String text = "n".repeat(90_000);
        for (String body : List.of(
                "{\"images\":[{\"name\":\"" + text + "\"}]}",
                "{\"models\":[\"" + text + "\"]}",
                "{\"" + text + "\":1}")) {
            assertThat(error(body).path("message").asText()).containsPattern("length \\(\\d+\\) exceeds the limit of");
        }
        assertThat(error("{\"images\":[{\"data\":\"" + "!".repeat(90_000) + "\"}]}")
                        .path("message")
                        .asText())
                .startsWith("/images/0/data: not Base64");
        HttpResponse<String> field = SERVER.post(
                "/v1/predict",
                "multipart/form-data; boundary=x",
                "--x\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n" + text + "\r\n--x--\r\n");
        assertThat(json(field).at("/error/message").asText()).isEqualTo("the field model has more than 1000 bytes");
        String image = Base64.getEncoder().encodeToString("0".repeat(60_000).getBytes(StandardCharsets.US_ASCII));
        assertThat(SERVER.post("/v1/predict", "application/json", "{\"images\":[{\"data\":\"" + image + "\"}]}")
                        .statusCode())
                .isEqualTo(200);
    }

    private static JsonNode error(String body) throws Exception {
        HttpResponse<String> answer = SERVER.post("/v1/predict", "application/json", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return json(answer).path("error");
    }

    @Test
    void aPartWithoutANameIsSaidToHaveNone() throws Exception {
        HttpResponse<String> answer =
                SERVER.post("/v1/predict", "multipart/form-data; boundary=x", "--x\r\n\r\n1\r\n--x--\r\n");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/message").asText())
                .isEqualTo("a part of the form has no name, which its header Content-Disposition gives");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            modle=age             | the query: unknown name modle; known is model
            Model=age             | the query: unknown name Model; known is model
            model=age&b%C3%A4r    | the query: unknown name bär
            age                   | the query: unknown name age
            model=%zz             | the query: %zz cannot be decoded
            model=age&model=a%2   | the query: a%2 cannot be decoded
            model=%FF             | the query: %FF cannot be decoded, it is not UTF-8
            """)
    void aQueryNamesModelsAndNothingElse(String query, String message) throws Exception {
        String answer =
                SERVER.raw("POST /v1/predict?" + query + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
                        + "Content-Length: 1\r\nConnection: close\r\n\r\n1");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"bad_request\"");
        assertThat(new String(answer.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .contains(message);
    }

    @ParameterizedTest
    @CsvSource({"'', 200", "model=age&model=beauty, 200", "&model=%61ge&, 200", "model=%C3%A4, 404", "model, 404"})
    void aQueryThatCanBeReadIsAnswered(String query, String status) throws Exception {
        assertThat(SERVER.raw(
                        "POST /v1/predict?" + query + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
                                + "Content-Length: 1\r\nConnection: close\r\n\r\n1"))
                .startsWith("HTTP/1.1 " + status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"inputs":[],"parameters":{"a":[[[[[[[[[]]]]]]]]]}}                         | /parameters: Document nesting depth (9) exceeds
            {"inputs":[]}                                                               | /inputs: expected one input, found 0
            {"inputs":[null]}                                                           | /inputs/0: null
            {"inputs":[{"name":"image","shape":[1],"datatype":"BYTES","data":["MQ=="]}],"outputs":[{"name":"value"},null]} | /outputs/1: null
            {"inputs":[{"name":"image","shape":[2],"datatype":"BYTES","data":["MQ==",null]}]} | /inputs/0/data: expected images
            {"inputs":[{"name":"image","shape":[],"datatype":"BYTES","data":["MQ=="]}]}  | /inputs/0/shape: expected [1]
            {"inputs":[{"name":"image","shape":[1,2],"datatype":"BYTES","data":["MQ=="]}]} | /inputs/0/shape: expected [1]
            {"inputs":[{"name":"image","shape":[1.5],"datatype":"BYTES","data":["MQ=="]}]} | /inputs/0/shape/0: a value of another type
            {"inputs":[{"name":"image","shape":[1.0],"datatype":"BYTES","data":["MQ=="]}]} | /inputs/0/shape/0: a value of another type
            {"inputs":[{"name":"image","shape":["1"],"datatype":"BYTES","data":["MQ=="]}]} | /inputs/0/shape/0: a value of another type
            {"inputs":[{"name":"image","shape":[99999999999999999999],"datatype":"BYTES","data":["MQ=="]}]} | /inputs/0/shape/0:
            {"inputs":7}                                                                | /inputs: a value of another type
            {"inputs":[{"parameters":{"binary_data_size":5}}]}                          | /inputs/0/datatype: expected BYTES
            {"inputs":[{"datatype":"BYTES","parameters":{"binary_data_size":5}}]}       | /inputs/0/parameters/binary_data_size: expected the bytes behind the JSON, 0
            {"inputs":[{"name":"image","shape":[2],"datatype":"BYTES","data":["MQ=="]}]} | /inputs/0/shape: expected [1]
            {"inputs":[{"name":"image","shape":[1],"datatype":"FP32","data":["MQ=="]}]}  | /inputs/0/datatype: expected BYTES
            {"inputs":[{"name":"image","shape":[1],"datatype":"BYTES","data":[null]}]}   | /inputs/0/data: expected images
            {"inputs":[{"name":"image","shape":[-1],"datatype":"BYTES","data":["MQ=="]}]} | /inputs/0/shape: expected [1]
            {"inputs":[{"name":"image","shape":[1],"datatype":"BYTES","data":["MQ=="]}],"outputs":[{"name":"x"}]} | /outputs/0/name
            """)
    void inferenceRequestsAreRefusedInTheFormOfTheProtocol(String body, String message) throws Exception {
        HttpResponse<String> answer = SERVER.post("/v2/models/age/infer", "application/json", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).path("error").asText()).startsWith(message).doesNotContain("numclip.", "java");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text/plain                                | 1        | 415 | unsupported_type
            application/xml                           | 1        | 415 | unsupported_type
            image/svg+xml                             | 1        | 415 | unsupported_type
            image/png                                 | ''       | 400 | bad_request
            image/png                                 | no image | 422 | unreadable_image
            image/png                                 | explode  | 500 | internal
            multipart/form-data                       | 1        | 400 | bad_request
            multipart/form-data; boundary=x           | 1        | 400 | bad_request
            multipart/form-data; boundary=x           | --x--    | 400 | bad_request
            """)
    void otherBodiesAreRefused(String type, String body, int status, String code) throws Exception {
        HttpResponse<String> answer = SERVER.post("/v1/predict", type, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).at("/error/code").asText()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            image/png; charset=x                        | 415 | the charset x in the Content-Type is not known
            image/png; charset=binary                   | 415 | the charset binary in the Content-Type is not known
            image/png; charset='utf-8'                  | 415 | the charset 'utf-8' in the Content-Type is not known
            image/png; CharSet="x"                      | 415 | the charset x in the Content-Type is not known
            image/png; charset=utf-8; charset=x         | 415 | the charset x in the Content-Type is not known
            multipart/form-data; boundary=x; charset=%0 | 415 | the charset %0 in the Content-Type is not known
            application/json;charset="                  | 400 | the Content-Type is damaged: application/json;charset="
            image/png; charset=utf 8                    | 415 | the charset utf in the Content-Type is not known
            image/png; charset                          | 400 | the Content-Type is damaged: image/png; charset
            image/png; =x                               | 400 | the Content-Type is damaged: image/png; =x
            image/png; a="b\\"                          | 400 | the Content-Type is damaged: image/png; a="b
            image/png; charset=é                        | 415 | the charset
            image/png\\r\\nContent-Type: image/png        | 400 | the Content-Type is damaged: image/png,image/png
            image/png;                                  | 200 |
            image/png; charset=                         | 200 |
            image/png; a=b; charset="UTF-8";            | 200 |
            """)
    void aContentTypeIsWhole(String type, int status, String message) throws Exception {
        for (String path : List.of("/v1/predict", "/v2/models/age/infer")) {
            String answer = SERVER.raw("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                    + type.replace("\\r\\n", "\r\n") + "\r\nContent-Length: 1\r\nConnection: close\r\n\r\n1");
            if (status == 200) {
                assertThat(answer)
                        .startsWith("HTTP/1.1 " + (path.contains("infer") ? 415 : 200)); // an image is no JSON
            } else {
                assertThat(answer).startsWith("HTTP/1.1 " + status);
                assertThat(answer.replace("\\\"", "\"")).contains(message);
            }
        }
    }

    @Test
    void whatGoesWrongInsideStaysInside() throws Exception {
        HttpResponse<String> answer = SERVER.predict("explode");
        assertThat(answer.body()).matches("\\{\"error\":\\{\"code\":\"internal\"},\"requestId\":\"[0-9a-f]{16}\"}");
        assertThat(SERVER.post("/v2/models/age/infer", "application/json", InferBodies.of("explode"))
                        .body())
                .matches("\\{\"error\":\"internal error, request [0-9a-f]{16}\"}");
    }

    @Test
    void tooMuchIsRefused() throws Exception {
        assertThat(SERVER.predict("1".repeat(TestingServer.LIMITS.bodyBytes() + 1))
                        .statusCode())
                .isEqualTo(413);
        String endless = SERVER.raw("POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + ("4000\r\n" + "1".repeat(0x4000) + "\r\n").repeat(8));
        assertThat(endless).startsWith("HTTP/1.1 413 ");
        StringBuilder parts = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            parts.append("--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\n\r\n1\r\n");
        }
        HttpResponse<String> many = SERVER.post("/v1/predict", "multipart/form-data; boundary=x", parts + "--x--");
        assertThat(many.statusCode()).isEqualTo(413);
        assertThat(json(many).at("/error/code").asText()).isEqualTo("too_many_images");
    }

    @Test
    void compressedBodiesAreRefused() throws Exception {
        for (List<String> encodings :
                List.of(List.of("gzip"), List.of("identity", "gzip"), List.of("identity, gzip"))) {
            var request = SERVER.request("/v1/predict").header("Content-Type", "image/png");
            encodings.forEach(encoding -> request.header("Content-Encoding", encoding));
            HttpResponse<String> answer = SERVER.send(request.POST(BodyPublishers.ofString("1")));
            assertThat(answer.statusCode()).isEqualTo(415);
        }
    }

    /** A browser says where a page is from; the page of the server is from the server, and programs say nothing. */
    @ParameterizedTest
    @CsvSource({
        "Origin: http://evil.example, 403",
        "Origin: null, 403",
        "Origin: http://localhost:81, 403",
        "Sec-Fetch-Site: cross-site, 403",
        "Sec-Fetch-Site: same-site, 403",
        "Origin: http://localhost, 200",
        "Sec-Fetch-Site: same-origin, 200",
        "Sec-Fetch-Site: none, 200",
        "X: y, 200"
    })
    void pagesOfOthersHaveNoWorkDone(String header, String status) throws Exception {
        String answer = SERVER.raw("POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
                + "Content-Length: 1\r\nConnection: close\r\n" + header + "\r\n\r\n1");
        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertThat(SERVER.raw(
                        "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /..%2fetc/passwd HTTP/1.1         | 400
            GET /../etc/passwd HTTP/1.1           | 400
            GET //v1/models HTTP/1.1              | 404 400
            GET /v1//models HTTP/1.1              | 404 400
            GET /v1/models/ HTTP/1.1              | 404
            GET /V1/MODELS HTTP/1.1               | 404
            GET /v1/models;x=1 HTTP/1.1           | 404 400
            GET /v1/models%00 HTTP/1.1            | 404 400
            GET /%2e/v1/models HTTP/1.1           | 400
            GET /page/index.html HTTP/1.1         | 404
            GET /v2/models/..%2fage HTTP/1.1      | 400
            GET /v2/models/weight HTTP/1.1        | 404
            GET /v2/models/age/versions/1 HTTP/1.1 | 404
            GET /v1/predict HTTP/1.1              | 405
            PUT /v1/models HTTP/1.1               | 405
            DELETE /v2/models/age HTTP/1.1        | 405
            TRACE / HTTP/1.1                      | 405
            TRACE /nothing HTTP/1.1               | 404
            OPTIONS /v1/predict HTTP/1.1          | 405
            CONNECT localhost:80 HTTP/1.1         | 404 405 400
            GET http://example.org/v1/models HTTP/1.1 | 400
            BREW /v1/models HTTP/1.1              | 405
            GET /v1/models HTTP/9.9               | 426
            nonsense                              | 400
            """)
    void trickyAddressesGetNothing(String line, String statuses) throws Exception {
        String answer = SERVER.raw(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/1.1 (" + statuses.replace(' ', '|') + ") .*");
        assertThat(answer).doesNotContainIgnoringCase("jetty").doesNotContain("<html", "Exception", "\tat ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET //v1/models HTTP/1.1                  | 400 | the address has an empty part
            GET /..%2fetc HTTP/1.1                    | 400 | the address has an empty part, dots, or an encoded
            GET /v1/models HTTP/1.1\\r\\nno-colon       | 400 | the request line or a header is malformed
            POST /v1/predict HTTP/1.1\\r\\nExpect: 200-ok | 417 | the header Expect asks for something else
            PRI * HTTP/2.0                            | 426 | this server speaks HTTP/1.1
            GET /v1/models HTTP/0.9                   | 426 | this server speaks HTTP/1.1
            GET /v1/models HTTP/1.2                   | 426 | this server speaks HTTP/1.1
            GET /v1/models HTTP/3.0                   | 426 | this server speaks HTTP/1.1
            GET /v1/models HTTP/1.1\\r\\nX: 1\\nY: 1    | 400 | the request line or a header is malformed
            GET /v1/models HTTP/1.1\\r\\nX: LONG        | 431 | the header is longer than the limit http.headerBytes
            GET /LONG HTTP/1.1                        | 414 | the address is longer than the limit http.headerBytes
            """)
    void whatIsNoProperRequestIsToldWhatIsWrong(String start, String status, String message) throws Exception {
        String line = start.replace("\\r", "\r").replace("\\n", "\n").replace("LONG", "a".repeat(9_000));
        String answer = SERVER.raw(line + "\r\nHost: localhost\r\nX-Request-Id: mine-1\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("\"message\":\"" + message, "\"requestId\":\"none\"")
                .containsIgnoringCase("X-Request-Id: none");
    }

    @ParameterizedTest
    @CsvSource({"evil.example, 400", "127.0.0.1:9, 200", "localhost, 200", "numbers.example, 200", "'', 400"})
    void onThisMachineTheNameOfTheHostIsChecked(String host, String status) throws Exception {
        assertThat(SERVER.raw("GET /v1/models HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status);
    }

    @Test
    void smuggledRequestsAreRefused() throws Exception {
        assertThat(SERVER.raw("POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
                        + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(SERVER.raw("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(9_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
    }

    @Test
    void theClientsIdComesBackIfItIsPlain() throws Exception {
        assertThat(SERVER.send(SERVER.request("/v1/models").header("X-Request-Id", "mine-1"))
                        .headers()
                        .firstValue("X-Request-Id"))
                .contains("mine-1");
        assertThat(SERVER.send(SERVER.request("/v1/models").header("X-Request-Id", "<script>"))
                        .headers()
                        .firstValue("X-Request-Id"))
                .get()
                .asString()
                .matches("[0-9a-f]{16}");
    }
}
