package io.numclip.server;

import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.host.assembly.RegionSearch;
import io.numclip.input.Engine;
import io.numclip.model.PredictionWork;
import io.numclip.server.http.Listening;
import io.numclip.server.http.PageFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Models over HTTP, from {@link #start} to {@link #stop}. It never loads a path, an address or a model that a request names,
 * and opens no connection.
 */
public final class NumClipServer implements AutoCloseable {

    private static final int THREADS_BESIDE_WORK = 32;
    private static final int LINGER_MILLIS = 500;
    private static final int FLUSH_MILLIS = 2_000;
    private static final int SHARE_OF_MEMORY = 2;
    private static final int CROWDED_IDLE_MILLIS = 1_000;
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(5);

    private final ServerSettings settings;
    private final ServerLimits limits;
    private final Admission admission;
    private final Engine<List<Prediction>> engine;
    private final Server server;
    private final ServerConnector connector;

    private NumClipServer(
            ServerSettings settings,
            ServerLimits wanted,
            List<ServedModel> models,
            PredictionWork scoring,
            @Nullable RegionSearch search) {
        BodyMemory memory = new BodyMemory(Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY);
        this.settings = settings;
        limits = wanted.withBodiesUpTo(memory.longest());
        ServerMetrics metrics = new ServerMetrics(models);
        PageFiles page = PageFiles.of("page");
        admission = new Admission(settings.batching().jobQueueSize());
        engine = new Engine<>(scoring, settings.batching().budget(scoring.nativeThreads()), metrics);
        Answering answering = new Answering(engine, limits.request());
        metrics.watch(admission, memory, engine, answering);
        FoundRegions regions = new FoundRegions(search, limits.images(), limits.request());
        Health health = new Health(admission, answering);
        Handlers handlers = new Handlers(models, limits, answering, regions, health, page, metrics);
        server = new Server(threads(settings));
        connector = connector(server, settings, limits);
        server.addConnector(connector);
        server.addBean(connectionLimit(connector, limits));
        Deadlines deadlines = new Deadlines(connector, limits.idle(), limits.request());
        connector.addBean(deadlines);
        server.setErrorHandler(new JsonErrors(metrics));
        server.setStopTimeout(FLUSH_MILLIS);
        Front front = new Front(settings, limits, page, admission, memory, deadlines, metrics, handlers);
        server.setHandler(new GracefulHandler(front));
    }

    /**
     * Starts to listen.
     *
     * @param models in the order in which the scoring gives their predictions
     * @throws NumClipException if the address is in use or not permitted
     */
    public static NumClipServer start(ServerSettings settings, List<ServedModel> models, PredictionWork scoring) {
        return start(settings, models, scoring, null);
    }

    /**
     * As {@link #start(ServerSettings, List, PredictionWork)}, for models of regions.
     *
     * @param search finds the regions of pictures of which a request names none; null: whole pictures are predicted
     */
    public static NumClipServer start(
            ServerSettings settings, List<ServedModel> models, PredictionWork scoring, @Nullable RegionSearch search) {
        return start(settings, ServerLimits.ofProcess(), models, scoring, search);
    }

    static NumClipServer start(
            ServerSettings settings,
            ServerLimits limits,
            List<ServedModel> models,
            PredictionWork scoring,
            @Nullable RegionSearch search) {
        NumClipServer started = new NumClipServer(settings, limits, models, scoring, search);
        try {
            started.server.start();
            return started;
        } catch (Exception e) {
            started.engine.end(PATIENCE_AT_END);
            started.stopListening();
            throw Listening.unavailable(settings.host(), settings.port(), e);
        }
    }

    /** Threads wait for predictions as long as requests are accepted; some more answer what needs no work. */
    private static QueuedThreadPool threads(ServerSettings settings) {
        QueuedThreadPool threads = new QueuedThreadPool(settings.batching().jobQueueSize() + THREADS_BESIDE_WORK, 4);
        threads.setName("http");
        return threads;
    }

    private static ServerConnector connector(Server server, ServerSettings settings, ServerLimits limits) {
        ServerConnector connector = Listening.at(server, settings.host(), settings.port(), limits.headerBytes());
        connector.setIdleTimeout(limits.idle().toMillis());
        return connector;
    }

    private static NetworkConnectionLimit connectionLimit(ServerConnector connector, ServerLimits limits) {
        NetworkConnectionLimit limit = new NetworkConnectionLimit(limits.connections(), connector);
        limit.setEndPointIdleTimeout(CROWDED_IDLE_MILLIS);
        return limit;
    }

    /** Such as {@code http://127.0.0.1:8080/}. */
    public String address() {
        return Listening.address(settings.host(), port());
    }

    public int port() {
        return connector.getLocalPort();
    }

    /**
     * Takes no further work, lets accepted requests finish, and ends.
     *
     * @return whether all of them have finished in time
     */
    public boolean stop() throws InterruptedException {
        admission.close();
        boolean finished = admission.awaitEmpty(limits.drain());
        Thread.sleep(LINGER_MILLIS); // who has just sent a request is told, instead of being cut off
        stopListening();
        boolean ended = engine.end(PATIENCE_AT_END);
        return finished && ended;
    }

    private void stopListening() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server does not stop", e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
