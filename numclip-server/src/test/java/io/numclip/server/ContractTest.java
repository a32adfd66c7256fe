package io.numclip.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code /openapi.json} says is what the server does: every route, and every answer here. */
class ContractTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDialect(Dialects.getDraft202012());
    private static final TestingServer SERVER = new TestingServer();

    private static JsonNode document;

    @BeforeAll
    static void read() throws Exception {
        document = TestingServer.json(SERVER.get("/openapi.json"));
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void itListsTheRoutesAndNoOther() {
        List<String> listed = document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(method -> method.getKey().toUpperCase() + " " + path.getKey()))
                .toList();
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Route.values())
                        .map(route -> route.method() + " " + route.path())
                        .toList());
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
    }

    @ParameterizedTest
    @EnumSource(Route.class)
    void itSaysWhereNoTokenIsNeeded(Route route) {
        assertThat(operation(route).has("security")).isEqualTo(route.isOpen());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PREDICT       | /v1/predict                                | image/png        | 5                                | 200
            PREDICT       | /v1/predict                                | image/gif        | 5                                | 200
            PREDICT       | /v1/predict?model=beauty                   | image/jpeg       | 5                                | 200
            PREDICT       | /v1/predict                                | application/json | {"images":[{"data":"NQ=="},{"data":"eA=="}]} | 200
            PREDICT       | /v1/predict                                | application/json | {"images":[{"data":"NQ==","left":7,"top":0,"width":9.5,"height":8}]} | 200
            PREDICT       | /v1/predict                                | image/png        | x                                | 422
            PREDICT       | /v1/predict                                | application/json | {                                | 400
            PREDICT       | /v1/predict                                | text/plain       | x                                | 415
            PREDICT       | /v1/predict                                | image/png        | explode                          | 500
            PREDICT       | /v1/predict?modle=beauty                   | image/png        | 5                                | 400
            PREDICT       | /v1/predict?model=nobody                   | image/png        | 5                                | 404
            MODELS        | /v1/models                                 |                  |                                  | 200
            SERVER        | /v2                                        |                  |                                  | 200
            LIVE          | /v2/health/live                            |                  |                                  | 200
            READY         | /v2/health/ready                           |                  |                                  | 200
            MODEL         | /v2/models/age                             |                  |                                  | 200
            MODEL         | /v2/models/beauty                          |                  |                                  | 200
            MODEL         | /v2/models/nobody                          |                  |                                  | 404
            MODEL_READY   | /v2/models/age/ready                       |                  |                                  | 200
            VERSION       | /v2/models/age/versions/0123456789ab       |                  |                                  | 200
            VERSION       | /v2/models/age/versions/2                  |                  |                                  | 404
            VERSION_READY | /v2/models/age/versions/0123456789ab/ready |                  |                                  | 200
            INFER         | /v2/models/age/infer                       | application/json | image 5                          | 200
            INFER         | /v2/models/beauty/infer                    | application/json | image 5                          | 200
            INFER         | /v2/models/age/infer                       | application/json | {"inputs":[{"name":"image","shape":[1],"datatype":"BYTES","data":["NQ=="]},{"name":"region","shape":[1,4],"datatype":"INT64","data":[7,0,9,8]}]} | 200
            INFER         | /v2/models/beauty/infer                    | application/json | image x                          | 422
            INFER         | /v2/models/beauty/infer                    | application/json | image explode                    | 500
            INFER         | /v2/models/beauty/infer                    | application/json | []                               | 400
            VERSION_INFER | /v2/models/age/versions/0123456789ab/infer | application/json | image 5                          | 200
            METRICS       | /metrics                                   |                  |                                  | 200
            OPENAPI       | /openapi.json                              |                  |                                  | 200
            PAGE          | /                                          |                  |                                  | 200
            """)
    void answersAreAsItSays(Route route, String path, String type, String body, int status) throws Exception {
        HttpResponse<String> answer = type == null ? SERVER.get(path) : SERVER.post(path, type, content(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        check(route, answer);
        if (status == 200 && "application/json".equals(type)) {
            assertThat(problems(operation(route).at("/requestBody/content/application~1json/schema"), content(body)))
                    .isEmpty();
        }
    }

    @Test
    void aBusyServerAnswersAsItSays() throws Exception {
        HttpResponse<String> tooLarge = SERVER.send(SERVER.request("/v1/predict")
                .header("Content-Type", "image/png")
                .POST(BodyPublishers.ofString("1".repeat(TestingServer.LIMITS.bodyBytes() + 1))));
        check(Route.PREDICT, tooLarge);
        HttpResponse<String> late = SERVER.predict("hang");
        assertThat(late.statusCode()).isEqualTo(504);
        check(Route.PREDICT, late);
        HttpResponse<String> dead = SERVER.get("/v2/health/live");
        for (int i = 0; i < 100 && dead.statusCode() == 200; i++) {
            Thread.sleep(20); // the worker began after the request
            dead = SERVER.get("/v2/health/live");
        }
        assertThat(dead.statusCode()).isEqualTo(503);
        check(Route.LIVE, dead);
        check(Route.MODEL_READY, SERVER.get("/v2/models/age/ready"));
        check(Route.PREDICT, SERVER.predict("1"));
        check(Route.INFER, SERVER.post("/v2/models/age/infer", "application/json", InferBodies.of("1")));
        SERVER.scoring.never.countDown();
    }

    private static String content(String body) {
        return body.startsWith("image ") ? InferBodies.of(body.substring("image ".length())) : body;
    }

    private static JsonNode operation(Route route) {
        return document.path("paths").path(route.path()).path(route.method().toLowerCase());
    }

    private static void check(Route route, HttpResponse<String> answer) throws Exception {
        JsonNode said = operation(route).path("responses").path(String.valueOf(answer.statusCode()));
        assertThat(said.isMissingNode())
                .as("%s has no answer %s", route, answer.statusCode())
                .isFalse();
        String type = answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
        assertThat(said.path("content").has(type)).as(type).isTrue();
        if (type.equals("application/json")) {
            assertThat(problems(said.path("content").path(type).path("schema"), answer.body()))
                    .as(answer.body())
                    .isEmpty();
        }
        said.path("headers").fieldNames().forEachRemaining(name -> {
            boolean needed = !name.equals("Retry-After") || answer.body().contains("\"busy\"");
            assertThat(answer.headers().firstValue(name).isPresent() || !needed)
                    .as(name)
                    .isTrue();
        });
    }

    private static String problems(JsonNode schema, String body) throws Exception {
        assertThat(schema.isMissingNode()).isFalse();
        ObjectNode whole = JSON.createObjectNode();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.set("components", document.path("components"));
        whole.putArray("allOf").add(schema);
        return SCHEMAS.getSchema(whole).validate(JSON.readTree(body)).stream()
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
    }
}
