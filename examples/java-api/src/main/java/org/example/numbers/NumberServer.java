package org.example.numbers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.numclip.data.NumClipException;
import io.numclip.host.NumClip;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.host.plugin.PluginHost;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/**
 * The number of an image over HTTP: {@code NumberServer RUN PORT [PLUGINS]}, then
 * {@code curl --data-binary @IMAGE localhost:PORT}.
 */
public final class NumberServer {

    private static final int LARGEST = 32 << 20; // bytes; NumCLIP takes no larger file

    public static void main(String[] arguments) throws IOException {
        Path run = Path.of(arguments[0]);
        NumClip model = arguments.length < 3 ? NumClip.open(run) : open(run, Path.of(arguments[2])); // for all requests
        HttpServer server = HttpServer.create(new InetSocketAddress("localhost", Integer.parseInt(arguments[1])), 0);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/", exchange -> handle(exchange, model));
        server.start();
    }

    private static NumClip open(Path run, Path folder) {
        PluginCatalog catalog = PluginHost.of(new PluginFolders(folder)).load();
        return NumClip.open(run, catalog, NumClip.Options.defaults());
    }

    private static void handle(HttpExchange exchange, NumClip model) throws IOException {
        byte[] image = exchange.getRequestBody().readNBytes(LARGEST + 1);
        try {
            respond(exchange, 200, model.predict(image).value() + " " + model.scale().unit());
        } catch (NumClipException unreadable) {
            respond(exchange, 400, unreadable.getMessage() + "; " + unreadable.fix());
        }
    }

    private static void respond(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
