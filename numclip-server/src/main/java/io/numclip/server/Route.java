package io.numclip.server;

import java.util.Arrays;
import java.util.Optional;
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
        this.pattern = Pattern.compile(path.replaceAll("\\{\\w+\\}", "[^/]+"));
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
    static Optional<Route> at(String path) {
        return Arrays.stream(values())
                .filter(route -> route.pattern.matcher(path).matches())
                .findFirst();
    }
}
