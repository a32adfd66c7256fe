package io.numclip.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Goal G14 and fault 71: hundreds of tricky addresses by eight methods lead nowhere, and tell nothing of the program. */
class TrickyPathsTest {

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE");
    private static final List<String> KNOWN = List.of(
            "/v1/predict",
            "/v1/models",
            "/v2",
            "/v2/health/live",
            "/v2/models/age",
            "/v2/models/age/infer",
            "/v2/models/age/versions/0123456789ab",
            "/metrics",
            "/openapi.json",
            "/index.html");
    private static final TestingServer SERVER = new TestingServer();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    static List<String> tricks() throws Exception {
        Path list = Path.of(Objects.requireNonNull(TrickyPathsTest.class.getResource("/paths/tricks.txt"))
                .toURI());
        return Files.readAllLines(list).stream()
                .filter(line -> !line.startsWith("# "))
                .flatMap(TrickyPathsTest::filled)
                .distinct()
                .toList();
    }

    private static Stream<String> filled(String trick) {
        return trick.contains("{")
                ? KNOWN.stream().map(path -> trick.replace("{path}", path).replace("{name}", path.substring(1)))
                : Stream.of(trick);
    }

    private static String ask(String method, String path) throws IOException {
        return SERVER.raw(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    @Test
    void thereAreMoreThanTwoHundred() throws Exception {
        assertThat(tricks()).hasSizeGreaterThan(400);
    }

    @ParameterizedTest
    @MethodSource("tricks")
    void aTrickLeadsNowhere(String path) throws Exception {
        for (String method : METHODS) {
            String answer = ask(method, path);
            assertThat(answer).as("%s %s", method, path).matches("(?s)HTTP/1\\.1 (400|404|405) .*");
            assertThat(answer)
                    .as("%s %s", method, path)
                    .doesNotContainIgnoringCase(
                            "jetty",
                            "javalin",
                            "servlet",
                            "java.",
                            "exception",
                            "numclip",
                            "<html",
                            "x-evil",
                            "server:")
                    .doesNotContain("\tat ", "Ambiguous", "ambiguous", path.length() > 2 ? path : "\0");
        }
    }

    /** By the running server, not by its list. */
    @Test
    void whatIsThereTakesItsMethodAndNoOther() throws Exception {
        Map<String, String> taken = new TreeMap<>();
        for (String path : List.of("/", "/v2/health/ready", "/v2/models/age/ready")) {
            taken.put(path, methods(path));
        }
        for (String path : KNOWN) {
            taken.put(path, methods(path));
        }
        taken.put("/v2/models/age/versions/0123456789ab/ready", methods("/v2/models/age/versions/0123456789ab/ready"));
        taken.put("/v2/models/age/versions/0123456789ab/infer", methods("/v2/models/age/versions/0123456789ab/infer"));
        taken.forEach((path, methods) -> assertThat(methods)
                .as(path)
                .isEqualTo(path.endsWith("/infer") || path.equals("/v1/predict") ? "POST" : "GET HEAD"));
    }

    private static String methods(String path) throws IOException {
        StringBuilder taken = new StringBuilder();
        for (String method : METHODS) {
            if (!ask(method, path).startsWith("HTTP/1.1 405 ")) {
                taken.append(taken.isEmpty() ? "" : " ").append(method);
            }
        }
        return taken.toString();
    }
}
