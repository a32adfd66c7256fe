package io.numclip.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server can be asked, and nothing else. */
enum Route {
    PREDICT("POST", "/v1/predict", false),
    MODELS("GET", "/v1/models", false),
    SERVER("GET", "/v2", false),
    LIVE("GET", "/v2/health/live", true),
    READY("GET", "/v2/health/ready", true),
    MODEL("GET", "/v2/models/{model}", false),
    MODEL_READY("GET", "/v2/models/{model}/ready", false),
    INFER("POST", "/v2/models/{model}/infer", false),
    VERSION("GET", "/v2/models/{model}/versions/{version}", false),
    VERSION_READY("GET", "/v2/models/{model}/versions/{version}/ready", false),
    VERSION_INFER("POST", "/v2/models/{model}/versions/{version}/infer", false),
    METRICS("GET", "/metrics", false),
    OPENAPI("GET", "/openapi.json", true),
    PAGE("GET", "/", true);

    private final String method;
    private final String path;
    private final boolean open;
    private final Pattern pattern;

    /** @param open whether it is answered without the token */
    Route(String method, String path, boolean open) {
        this.method = method;
        this.path = path;
        this.open = open;
        this.pattern = Pattern.compile(path.replaceAll("\\{(\\w+)\\}", "(?<$1>[^/]+)"));
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    boolean isOpen() {
        return open;
    }

    /** Whether it makes predictions, and so needs a place. */
    boolean isWork() {
        return method.equals("POST");
    }

    /** Whether errors at a path have the form of the Open Inference Protocol. */
    static boolean isInferenceProtocol(String path) {
        return path.equals(SERVER.path) || path.startsWith(SERVER.path + "/");
    }

    boolean allows(String asked) {
        return asked.equals(method) || (asked.equals("HEAD") && method.equals("GET"));
    }

    /** The one with this path, as it was sent. */
    static Optional<Match> at(String path) {
        return Arrays.stream(values())
                .map(route -> new Match(route, route.pattern.matcher(path)))
                .filter(match -> match.path().matches())
                .findFirst();
    }

    /** A route and the path that it was found by. */
    record Match(Route route, Matcher path) {

        /** What stands in the path for a name in braces. */
        String part(String name) {
            return URLDecoder.decode(path.group(name).replace("+", "%2B"), StandardCharsets.UTF_8);
        }
    }
}
