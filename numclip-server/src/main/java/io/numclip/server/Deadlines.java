package io.numclip.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * When a connection must have sent what is expected of it, or it is closed. The idle time alone does not end one whose
 * header, the sizes of whose chunks, or the rest of whose refused body drip byte by byte.
 */
final class Deadlines extends AbstractLifeCycle implements Connection.Listener, Runnable {

    private static final int CHECK_MILLIS = 500;

    private final Connector connector;
    private final Duration header;
    private final Duration rest;
    private final Map<Connection, Long> ends = new ConcurrentHashMap<>();

    /**
     * @param header how long the header of a request may take, from the opening of the connection or the last answer
     * @param rest how long the body of a refused request may take
     */
    Deadlines(Connector connector, Duration header, Duration rest) {
        this.connector = connector;
        this.header = header;
        this.rest = rest;
    }

    @Override
    public void onOpened(Connection connection) {
        expect(connection, header);
    }

    @Override
    public void onClosed(Connection connection) {
        ends.remove(connection);
    }

    /** A request is whole: its time is somebody else's to watch. */
    void received(Request request) {
        ends.remove(connection(request));
    }

    /** The body of a request comes, and whoever reads it tells a client that takes longer; one of which nothing is read is cut off. */
    void arriving(Request request, Duration within) {
        expect(connection(request), within.plusMillis(2 * CHECK_MILLIS));
    }

    /** The request was refused, and the rest of its body is only to be forgotten. */
    void refused(Request request) {
        expect(connection(request), rest);
    }

    /** Now the next header may come. */
    void answered(Request request) {
        expect(connection(request), header);
    }

    private void expect(Connection connection, Duration within) {
        ends.put(connection, System.nanoTime() + within.toNanos());
    }

    private static Connection connection(Request request) {
        return request.getConnectionMetaData().getConnection();
    }

    @Override
    protected void doStart() {
        again();
    }

    private void again() {
        connector.getScheduler().schedule(this, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Closes those that are late. */
    @Override
    public void run() {
        long now = System.nanoTime();
        ends.forEach((connection, end) -> {
            if (now - end > 0 && ends.remove(connection, end)) {
                connection.getEndPoint().close();
            }
        });
        if (isRunning()) {
            again();
        }
    }
}
