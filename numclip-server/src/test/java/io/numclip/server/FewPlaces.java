package io.numclip.server;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;

/** A server with one worker and places for four requests, and clients that wait for their answers. */
abstract class FewPlaces {

    static final Batching SMALL = new Batching(2, Duration.ofMillis(1), 4, 1);

    final TestingServer server;
    final ExecutorService clients = Executors.newFixedThreadPool(24);

    FewPlaces(ServerLimits limits) {
        server = new TestingServer(TestingServer.settings(SMALL, null), limits);
    }

    @AfterEach
    void close() {
        clients.shutdownNow();
        server.close();
    }

    Future<HttpResponse<String>> predictLater(String image) {
        return clients.submit((Callable<HttpResponse<String>>) () -> server.predict(image));
    }
}
