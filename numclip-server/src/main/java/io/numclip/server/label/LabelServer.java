package io.numclip.server.label;

import io.numclip.data.NumClipException;
import io.numclip.host.label.Labelling;
import io.numclip.server.http.Listening;
import java.nio.file.Path;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A page on which a person labels the images of a folder. Only this machine can connect; no path comes from a request. */
public final class LabelServer implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final int THREADS = 12;
    private static final int HEADER_BYTES = 16 * 1024;

    private final Server server;
    private final ServerConnector connector;

    private LabelServer(Labelling labelling, Path folder, int port) {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
        threads.setName("http");
        server = new Server(threads);
        connector = Listening.at(server, HOST, port, HEADER_BYTES);
        server.addConnector(connector);
        server.setHandler(new LabelHandler(labelling, folder));
    }

    /**
     * Starts to listen.
     *
     * @param folder that the names of the images are below
     * @param port 0: any that is free
     * @throws NumClipException if the port is in use or not permitted
     */
    public static LabelServer start(Labelling labelling, Path folder, int port) {
        LabelServer started = new LabelServer(labelling, folder, port);
        try {
            started.server.start();
            return started;
        } catch (Exception e) {
            started.close();
            throw Listening.unavailable(HOST, port, e);
        }
    }

    /** Such as {@code http://127.0.0.1:8080/}. */
    public String address() {
        return Listening.address(HOST, connector.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server does not stop", e);
        }
    }
}
