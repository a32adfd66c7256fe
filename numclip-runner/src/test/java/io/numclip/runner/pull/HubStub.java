package io.numclip.runner.pull;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hub on this machine that behaves as the real one does, and a storage on another port that it redirects to for large
 * files. Faults are planted for single answers.
 */
final class HubStub implements AutoCloseable {

    static final String MODEL = "owner/clip";
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    static final String LIST = "list";

    /** A request that came in. */
    record Seen(String server, String path, Headers headers) {
        String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }
    }

    /** Answers in place of the hub. */
    @FunctionalInterface
    interface Fault {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final HttpServer hub = server("hub");
    private final HttpServer storage = server("storage");
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private String commit = COMMIT;
    private String storageBase = "http://127.0.0.1:" + storage.getAddress().getPort();
    private String token = "";

    private HttpServer server(String name) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> handle(name, exchange));
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A CLIP with what a real one has beside it. */
    static HubStub withClip() {
        HubStub stub = new HubStub();
        stub.put(".gitattributes", "*.safetensors lfs");
        stub.put("README.md", "# A CLIP");
        stub.put("config.json", "{\"model_type\": \"clip\"}");
        stub.put("flax_model.msgpack", "flax");
        stub.put("model.safetensors", "weights ".repeat(10_000));
        stub.put("onnx/model.onnx", "onnx");
        stub.put("preprocessor_config.json", "{}");
        stub.put("pytorch_model.bin", "pickle");
        stub.put("tokenizer.json", "{\"vocab\": {}}");
        return stub;
    }

    void put(String name, String content) {
        files.put(name, content.getBytes(StandardCharsets.UTF_8));
    }

    void remove(String name) {
        files.remove(name);
    }

    byte[] content(String name) {
        return files.get(name);
    }

    void moveTo(String newCommit) {
        commit = newCommit;
    }

    /** Who does not send it is turned away. */
    void requireToken(String secret) {
        token = secret;
    }

    void redirectTo(String base) {
        storageBase = base;
    }

    /**
     * In place of the next answers.
     *
     * @param place {@code list}, {@code hub NAME} or {@code storage NAME}
     */
    void plant(String place, Fault... planted) {
        faults.computeIfAbsent(place, key -> new ArrayDeque<>()).addAll(Arrays.asList(planted));
    }

    static Fault status(int code, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            send(exchange, code, "no".getBytes(StandardCharsets.UTF_8));
        };
    }

    static Fault bytes(byte[] content) {
        return exchange -> send(exchange, 200, content);
    }

    String address() {
        return "http://127.0.0.1:" + hub.getAddress().getPort();
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    List<String> seenPaths() {
        return seen.stream().map(each -> each.server() + " " + each.path()).toList();
    }

    void forget() {
        seen.clear();
    }

    private void handle(String server, HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Headers copy = new Headers();
        copy.putAll(exchange.getRequestHeaders());
        seen.add(new Seen(server, path, copy));
        try (exchange) {
            String name = path.replaceFirst("^/(storage|" + MODEL + "/resolve/[0-9a-f]{40})/", "");
            boolean stored = path.startsWith("/storage/");
            String place = path.startsWith("/api/") ? LIST : (stored ? "storage " : "hub ") + name;
            Fault fault = faults.getOrDefault(place, new ArrayDeque<>()).poll();
            if (fault != null) {
                fault.answer(exchange);
            } else if (place.equals(LIST)) {
                list(exchange);
            } else if (stored) {
                store(exchange, name);
            } else {
                resolve(exchange, name);
            }
        }
    }

    private boolean turnsAway(HttpExchange exchange) throws IOException {
        boolean away = !token.isEmpty()
                && !("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        if (away) {
            status(401, "X-Error-Code", "GatedRepo").answer(exchange);
        }
        return away;
    }

    /** What a path asks for: a commit, or the branch. */
    private String commit(HttpExchange exchange) {
        Matcher named = Pattern.compile("/([0-9a-f]{40})(/|$)")
                .matcher(exchange.getRequestURI().getPath());
        return named.find() ? named.group(1) : commit;
    }

    void list(HttpExchange exchange) throws IOException {
        List<String> siblings = new ArrayList<>();
        files.forEach((name, content) -> siblings.add("{\"rfilename\": \"%s\", \"size\": %d, \"blobId\": \"%s\"%s}"
                .formatted(
                        name.replace("\\", "\\\\"),
                        content.length,
                        blobId(content),
                        isLarge(name)
                                ? ", \"lfs\": {\"sha256\": \"" + sha256(content) + "\", \"size\": " + content.length
                                        + ", \"pointerSize\": 134}"
                                : "")));
        String json = "{\"id\": \"" + MODEL + "\", \"sha\": \"" + commit(exchange) + "\", \"siblings\": ["
                + String.join(", ", siblings) + "]}";
        send(exchange, 200, json.getBytes(StandardCharsets.UTF_8));
    }

    private void resolve(HttpExchange exchange, String name) throws IOException {
        if (turnsAway(exchange)) {
            return;
        }
        byte[] content = files.get(name);
        Headers headers = exchange.getResponseHeaders();
        if (content == null) {
            status(404, "X-Error-Code", "EntryNotFound").answer(exchange);
        } else if (isLarge(name)) {
            headers.set("Location", storageBase + "/storage/" + name + "?X-Signature=secret-of-the-storage");
            send(exchange, 302, new byte[0]);
        } else {
            headers.set("ETag", "\"" + blobId(content) + "\"");
            send(exchange, 200, content);
        }
    }

    /** Goes on where the client asks for, if it has the same content. */
    void store(HttpExchange exchange, String name) throws IOException {
        byte[] content = files.get(name);
        String etag = "\"" + sha256(content).substring(0, 32) + "\"";
        exchange.getResponseHeaders().set("ETag", etag);
        String range = exchange.getRequestHeaders().getFirst("Range");
        String condition = exchange.getRequestHeaders().getFirst("If-Range");
        if (range == null || (condition != null && !condition.equals(etag))) {
            send(exchange, 200, content);
            return;
        }
        int from = Integer.parseInt(range.replaceAll("\\D", ""));
        exchange.getResponseHeaders()
                .set("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
        send(exchange, 206, Arrays.copyOfRange(content, from, content.length));
    }

    /** Sends so many bytes of what is asked for, and then cuts the connection. */
    Fault cutAfter(String name, int count) {
        return exchange -> {
            byte[] content = files.get(name);
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            exchange.getResponseHeaders().set("ETag", "\"" + sha256(content).substring(0, 32) + "\"");
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
            exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - from);
            exchange.getResponseBody().write(content, from, count);
            exchange.getResponseBody().flush();
        };
    }

    static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
    }

    private static boolean isLarge(String name) {
        return name.endsWith(".safetensors") || name.endsWith(".bin");
    }

    static String sha256(byte[] content) {
        return hex("SHA-256", content);
    }

    static String blobId(byte[] content) {
        byte[] start = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(start, start.length + content.length);
        System.arraycopy(content, 0, all, start.length, content.length);
        return hex("SHA-1", all);
    }

    private static String hex(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        hub.stop(0);
        storage.stop(0);
    }
}
