package io.numclip.host.follow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What an MLflow server does with the requests that we send, as far as its documentation says; it can fail on request. */
final class MlflowStub implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);

    final List<String> calls = new ArrayList<>();
    final List<String> authorizations = new ArrayList<>();
    final Map<String, String> params = new LinkedHashMap<>();
    final Map<String, String> tags = new LinkedHashMap<>();
    final Map<String, List<String>> metrics = new LinkedHashMap<>();
    final List<String> statuses = new ArrayList<>();
    final List<Integer> batchSizes = new ArrayList<>();
    private final List<String> experiments = new ArrayList<>();
    private int runs;

    /** The status of every answer, if it is not 0. */
    volatile int failing;

    volatile boolean silent;
    volatile String page = "";

    MlflowStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    int runs() {
        return runs;
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (silent) {
            await();
        }
        synchronized (this) {
            String call = exchange.getRequestURI().getPath().replaceFirst(".*/mlflow/", "");
            calls.add(call);
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            if (failing != 0) {
                answer(exchange, failing, "{\"error_code\": \"STUB\", \"message\": \"asked to fail\\nsecond line\"}");
            } else if (!page.isEmpty()) {
                answer(exchange, 200, page);
            } else {
                act(exchange, call, JSON.readTree(body));
            }
        }
    }

    private void act(HttpExchange exchange, String call, JsonNode content) throws IOException {
        switch (call) {
            case "experiments/get-by-name" -> {
                int known =
                        experiments.indexOf(exchange.getRequestURI().getQuery().replaceFirst(".*=", ""));
                if (known < 0) {
                    answer(exchange, 404, "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"none\"}");
                } else {
                    answer(exchange, 200, "{\"experiment\": {\"experiment_id\": \"" + known + "\"}}");
                }
            }
            case "experiments/create" -> {
                experiments.add(content.path("name").asText());
                answer(exchange, 200, "{\"experiment_id\": \"" + (experiments.size() - 1) + "\"}");
            }
            case "runs/create" -> {
                runs++;
                tags.put("name", content.path("run_name").asText());
                statuses.add("RUNNING");
                answer(exchange, 200, "{\"run\": {\"info\": {\"run_id\": \"run" + runs + "\"}}}");
            }
            case "runs/get" -> answer(exchange, 200, known());
            case "runs/update" -> {
                statuses.add(content.path("status").asText());
                answer(exchange, 200, "{}");
            }
            default -> log(exchange, content);
        }
    }

    private void log(HttpExchange exchange, JsonNode content) throws IOException {
        content.path("params")
                .forEach(param -> params.put(
                        param.path("key").asText(), param.path("value").asText()));
        content.path("tags")
                .forEach(tag ->
                        tags.put(tag.path("key").asText(), tag.path("value").asText()));
        content.path("metrics")
                .forEach(metric -> metrics.computeIfAbsent(metric.path("key").asText(), key -> new ArrayList<>())
                        .add(metric.path("step").asInt() + ": "
                                + metric.path("value").asDouble()));
        batchSizes.add(content.path("params").size());
        answer(exchange, 200, "{}");
    }

    private String known() throws IOException {
        List<Map<String, Object>> latest = new ArrayList<>();
        metrics.forEach((key, values) -> latest.add(Map.of(
                "key",
                key,
                "step",
                Integer.parseInt(values.get(values.size() - 1).replaceFirst(":.*", "")))));
        List<Map<String, String>> all = new ArrayList<>();
        params.forEach((key, value) -> all.add(Map.of("key", key, "value", value)));
        return JSON.writeValueAsString(Map.of("run", Map.of("data", Map.of("metrics", latest, "params", all))));
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void await() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
