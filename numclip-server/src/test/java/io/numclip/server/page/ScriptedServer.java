package io.numclip.server.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves the page, and answers as the server does for pictures whose names say what should happen: {@code age-34.png}
 * is 34 years, with {@code strange}, {@code abstained} or {@code outside} in its name it is that too, {@code busy} is
 * refused once, {@code broken} cannot be read, and {@code refused} is refused with a fix.
 */
final class ScriptedServer implements AutoCloseable {

    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;"
            + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]*)\"");
    private static final Pattern NUMBER = Pattern.compile("-(\\d+)");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css",
            "js", "text/javascript",
            "svg", "image/svg+xml",
            "png", "image/png");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> models;
    private volatile String token = "";

    private ScriptedServer(HttpServer server, List<String> models) {
        this.server = server;
        this.models = models;
    }

    static ScriptedServer of(String... models) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ScriptedServer scripted = new ScriptedServer(http, List.of(models));
        http.setExecutor(scripted.threads);
        http.createContext("/", scripted::page);
        http.createContext("/v1/models", exchange -> scripted.ifKnown(exchange, scripted::models));
        http.createContext("/v1/predict", exchange -> scripted.ifKnown(exchange, scripted::predict));
        http.start();
        return scripted;
    }

    void askFor(String secret) {
        token = secret;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Names of the pictures that were sent, in order. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private void ifKnown(HttpExchange exchange, Answer answer) throws IOException {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        if (token.isEmpty() || ("Bearer " + token).equals(given)) {
            answer.to(exchange);
        } else {
            error(exchange, 401, "the token is missing or wrong", "send it");
        }
    }

    private void page(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String name = path.equals("/") ? "/index.html" : path;
        try (InputStream file = ScriptedServer.class.getResourceAsStream("/io/numclip/server/page" + name)) {
            if (file == null) {
                error(exchange, 404, "there is nothing at " + path, "");
                return;
            }
            send(exchange, 200, TYPES.get(name.substring(name.lastIndexOf('.') + 1)), file.readAllBytes());
        }
    }

    private void models(HttpExchange exchange) throws IOException {
        List<Map<String, Object>> described = models.stream().map(this::model).toList();
        json(exchange, 200, Map.of("models", described, "limits", Map.of("imageBytes", 100_000)));
    }

    private Map<String, Object> model(String name) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("name", name);
        model.put("unit", "years");
        model.put("lowest", 0.0);
        model.put("highest", 100.0);
        model.put(
                "concepts",
                List.of(concept("child", 0, 18), concept("adult", 18, 65), concept("older adult", 65, 100)));
        model.put("thresholds", List.of(18.0, 65.0));
        model.put("calibrated", isCalibrated(name));
        model.put("coverage", isCalibrated(name) ? 0.9 : null);
        model.put("digest", "0123456789ab");
        return model;
    }

    private static boolean isCalibrated(String model) {
        return !model.startsWith("uncalibrated");
    }

    private static Map<String, Object> concept(String name, double lower, double upper) {
        return Map.of("name", name, "lower", lower, "upper", upper);
    }

    private void predict(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
        Matcher named = FILE_NAME.matcher(body);
        String name = named.find() ? named.group(1) : "";
        boolean again = asked.contains(name);
        asked.add(name);
        if (name.contains("busy") && !again) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            error(exchange, 503, "there are 100 requests already", "ask again");
        } else if (name.contains("refused") && !again) {
            error(exchange, 413, "it has 90 million pixels, the limit is 50 million", "make it smaller");
        } else {
            json(exchange, 200, Map.of("predictions", models.stream().map(model -> prediction(name, model)).toList()));
        }
    }

    private static Map<String, Object> prediction(String image, String model) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("image", image);
        row.put("model", model);
        if (image.contains("broken")) {
            row.put("error", "the JPEG ends in its middle: copy it again");
            return row;
        }
        Matcher number = NUMBER.matcher(image);
        double value = number.find() ? Double.parseDouble(number.group(1)) : 50;
        row.put("value", value);
        row.put("unit", "years");
        row.put("concept", value < 18 ? "child" : value < 65 ? "adult" : "older adult");
        row.put("probabilities", Map.of("child", 0.25, "adult", 0.5, "older adult", 0.25));
        if (isCalibrated(model)) {
            row.putAll(uncertainty(image, value));
        }
        return row;
    }

    private static Map<String, Object> uncertainty(String image, double value) {
        double half = image.contains("wide") ? 20 : 5;
        return Map.of(
                "lower", value - half,
                "upper", value + half,
                "coverage", 0.9,
                "atLeast", Map.of("65", 0.25, "18", 0.75),
                "set", List.of("adult", "older adult"),
                "familiarity", 0.4,
                "strange", image.contains("strange"),
                "abstained", image.contains("abstained"),
                "outOfRange", image.contains("outside"));
    }

    private static void error(HttpExchange exchange, int status, String message, String fix) throws IOException {
        json(
                exchange,
                status,
                Map.of("error", Map.of("code", "x", "message", message, "fix", fix), "requestId", "r-1"));
    }

    private static void json(HttpExchange exchange, int status, Object value) throws IOException {
        send(exchange, status, "application/json", JSON.writeValueAsBytes(value));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
