package io.numclip.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.server.http.PageFiles;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Goal G14: what the server can be asked, and nothing else. A new route is a decision; this list shows it. */
class RoutesTest {

    private static final TestingServer SERVER = new TestingServer();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void theRoutesAreThese() {
        assertThat(Arrays.stream(Route.values()).map(route -> route.method() + " " + route.path()))
                .containsExactly(
                        "POST /v1/predict",
                        "GET /v1/models",
                        "GET /v2",
                        "GET /v2/health/live",
                        "GET /v2/health/ready",
                        "GET /v2/models/{model}",
                        "GET /v2/models/{model}/ready",
                        "POST /v2/models/{model}/infer",
                        "GET /v2/models/{model}/versions/{version}",
                        "GET /v2/models/{model}/versions/{version}/ready",
                        "POST /v2/models/{model}/versions/{version}/infer",
                        "GET /metrics",
                        "GET /openapi.json",
                        "GET /");
    }

    @Test
    void theFilesOfThePageAreThese() {
        assertThat(PageFiles.of("page").paths())
                .containsExactlyInAnyOrder(
                        "/",
                        "/card.js",
                        "/charts.js",
                        "/dom.js",
                        "/examples/portrait-28-years.png",
                        "/examples/portrait-3-years.png",
                        "/examples/portrait-58-years.png",
                        "/examples/scene-10-things.png",
                        "/examples/scene-3-things.png",
                        "/examples/scene-8-things.png",
                        "/icon.svg",
                        "/index.html",
                        "/intake.js",
                        "/page.css",
                        "/page.js",
                        "/part.js",
                        "/section.js",
                        "/server.js",
                        "/words.js");
    }

    @Test
    void theModelsAreDescribed() throws Exception {
        assertThat(TestingServer.json(SERVER.get("/v1/models")).toString())
                .isEqualTo(
                        "{\"models\":[{\"name\":\"age\",\"unit\":\"points\",\"lowest\":0.0,\"highest\":1000.0,\"wholeNumbers\":false,"
                                + "\"concepts\":[{\"name\":\"low\",\"lower\":0.0,\"upper\":50.0},"
                                + "{\"name\":\"high\",\"lower\":50.0,\"upper\":1000.0}],\"thresholds\":[50.0],"
                                + "\"calibrated\":true,\"coverage\":0.9,"
                                + "\"cuts\":[{\"name\":\"below 18\",\"missAtMost\":0.01,\"threshold\":40.0}],\"digest\":\"0123456789abcdef\"},"
                                + "{\"name\":\"beauty\",\"unit\":\"points\",\"lowest\":0.0,\"highest\":1000.0,\"wholeNumbers\":false,"
                                + "\"concepts\":[{\"name\":\"low\",\"lower\":0.0,\"upper\":50.0},"
                                + "{\"name\":\"high\",\"lower\":50.0,\"upper\":1000.0}],\"thresholds\":[50.0],"
                                + "\"calibrated\":false,\"coverage\":null,\"cuts\":[],\"digest\":\"fedcba9876543210\"}],"
                                + "\"regions\":null,\"limits\":{\"imageBytes\":100000,\"images\":4,\"pixels\":50000000}}");
    }

    @Test
    void theInferenceProtocolDescribesItself() throws Exception {
        assertThat(TestingServer.json(SERVER.get("/v2")).path("name").asText()).isEqualTo("numclip");
        assertThat(SERVER.get("/v2/health/live").body()).isEqualTo("{\"live\":true}");
        assertThat(SERVER.get("/v2/health/ready").body()).isEqualTo("{\"ready\":true}");
        assertThat(SERVER.get("/v2/models/age/ready").body()).isEqualTo("{\"name\":\"age\",\"ready\":true}");
        assertThat(SERVER.get("/v2/models/age/versions/0123456789ab/ready").statusCode())
                .isEqualTo(200);
        assertThat(TestingServer.json(SERVER.get("/v2/models/beauty"))
                        .at("/outputs/2")
                        .toString())
                .isEqualTo("{\"name\":\"probabilities\",\"datatype\":\"FP64\",\"shape\":[-1,2]}");
    }

    @Test
    void thePageAllowsItselfOnly() throws Exception {
        for (String path : PageFiles.of("page").paths()) {
            HttpResponse<String> answer = SERVER.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Security-Policy")).contains(PageFiles.POLICY);
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        }
        assertThat(SERVER.get("/").headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
    }

    @Test
    void nobodyElsesPageMayAsk() throws Exception {
        HttpResponse<String> answer = SERVER.send(SERVER.request("/v1/models").header("Origin", "https://example.org"));
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }

    @Test
    void theMetricsCount() throws Exception {
        SERVER.predict("5");
        SERVER.predict("950");
        SERVER.predict("no image");
        assertThat(SERVER.get("/metrics").body())
                .contains(
                        "numclip_requests_total{code=\"200\",route=\"predict\"} 2.0",
                        "numclip_requests_total{code=\"422\",route=\"predict\"} 1.0",
                        "numclip_images_total{result=\"read\"} 2.0",
                        "numclip_images_total{result=\"unreadable\"} 1.0",
                        "numclip_predictions_total{model=\"age\"} 2.0",
                        "numclip_strange_predictions_total{model=\"age\"} 1.0",
                        "numclip_strange_predictions_total{model=\"beauty\"} 0.0",
                        "numclip_refusals_total{reason=\"unreadable_image\"} 1.0",
                        "numclip_batch_images_count 2",
                        "numclip_queue_requests 0.0",
                        "numclip_workers 1.0",
                        "numclip_model_info{digest=\"0123456789abcdef\",model=\"age\",unit=\"points\"} 1");
    }

    @Test
    void headIsGetWithoutABody() throws Exception {
        String answer = SERVER.raw("HEAD /v2/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 200 ").doesNotContain("live\":");
    }

    @Test
    void headHasTheStatusOfGet() throws Exception {
        assertThat(SERVER.raw("HEAD /v2/models/nobody HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404 ")
                .endsWith("\r\n\r\n");
    }
}
