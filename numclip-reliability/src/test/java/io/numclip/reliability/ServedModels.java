package io.numclip.reliability;

import io.numclip.host.NumClip;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.host.plugin.PluginHost;
import io.numclip.server.NumClipServer;
import io.numclip.server.OpenedModels;
import io.numclip.server.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server in this process, and its only client, which always has the same two threads. */
final class ServedModels implements AutoCloseable {

    private final OpenedModels models;
    private final NumClipServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final HttpClient client = HttpClient.newBuilder().executor(threads).build();

    private ServedModels(OpenedModels models) {
        this.models = models;
        this.server = NumClipServer.start(ServerSettings.local(0), models.served(), models.scoring());
    }

    static ServedModels of(Path run) {
        return new ServedModels(OpenedModels.open(
                Map.of("run", run),
                PluginHost.of(PluginFolders.fromSystemProperties()).load(),
                NumClip.Options.defaults()));
    }

    void predict(byte[] image, int status) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + "v1/predict"))
                .header("Content-Type", "image/png")
                .POST(BodyPublishers.ofByteArray(image))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != status) {
            throw new AssertionError(answer.statusCode() + ": " + answer.body());
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        models.close();
        threads.shutdown();
    }
}
