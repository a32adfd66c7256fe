package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that say nothing, headers that drip, and clients that leave half-way. */
@Tag("campaign")
class BesetServerTest {

    private static final Pattern ADDRESS = Pattern.compile("answers at http://127\\.0\\.0\\.1:(\\d+)/");
    private static final int MORE_CONNECTIONS = 300;
    private static final int DRIPPING = 100;
    private static final int DRIP_MILLIS = 250;

    @TempDir
    Path folder;

    private final ExecutorService besieger = Executors.newSingleThreadExecutor();
    private final HttpClient client = HttpClient.newHttpClient();
    private final int silent = Campaign.size(1_000, 10_000);
    private final int idleSeconds = Campaign.size(15, 180);
    private byte[] image;
    private int port;

    /** How many in the port that the server has said. */
    static OptionalInt port(String said) {
        Matcher address = ADDRESS.matcher(said);
        return address.find() ? OptionalInt.of(Integer.parseInt(address.group(1))) : OptionalInt.empty();
    }

    @AfterEach
    void close() {
        besieger.shutdownNow();
    }

    @Test
    void itStaysReadyAndPredicts() throws Exception {
        Program program = new Program(folder);
        image = SmallTask.trained(program, folder);
        Future<?> siege = besieger.submit(() -> {
            besiege(program);
            return true;
        });
        Program.Ended ended = program.stoppedWhen(
                siege::isDone,
                Program.Signal.TERM,
                "serve",
                folder.resolve("run").toString(),
                "--port",
                "0",
                "--limit",
                "http.connections=" + (silent + MORE_CONNECTIONS),
                "--limit",
                "http.idleSeconds=" + idleSeconds);
        siege.get();
        assertThat(ended.code()).as(program.err()).isZero();
        assertThat(program.err()).as("what is logged").isEmpty();
    }

    private void besiege(Program program) throws Exception {
        for (int i = 0; i < 3_000 && port(program.out()).isEmpty(); i++) {
            Thread.sleep(20);
        }
        port = port(program.out()).orElseThrow();
        predict(20);
        sayNothing();
        List<Dripping> drips = new ArrayList<>();
        for (int i = 0; i < DRIPPING; i++) {
            drips.add(new Dripping(port, i));
        }
        leaveHalfWay();
        Campaign.figure("62", "headers that drip", DRIPPING);
        Campaign.figure("62", "seconds until the last of them was closed", dripToTheEnd(drips));
    }

    private void sayNothing() throws Exception {
        List<SocketChannel> open = new ArrayList<>();
        try {
            long start = System.nanoTime();
            for (int i = 0; i < silent; i++) {
                open.add(SocketChannel.open(new InetSocketAddress("127.0.0.1", port)));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            double slowest = predict(20);
            assertThat(open).as("all are held at once").allMatch(BesetServerTest::isOpen);
            Campaign.figure("62", "silent connections at once", silent);
            Campaign.figure("62", "seconds to open them", seconds);
            Campaign.figure("62", "most seconds of a prediction meanwhile", slowest);
        } finally {
            for (SocketChannel each : open) {
                each.close();
            }
        }
    }

    private static boolean isOpen(SocketChannel channel) {
        try {
            channel.configureBlocking(false);
            return channel.read(ByteBuffer.allocate(1)) == 0;
        } catch (IOException closed) {
            return false;
        }
    }

    /** A header to which a byte is added again and again. */
    private record Dripping(SocketChannel channel, long start) {

        Dripping(int port, int i) throws IOException {
            this(SocketChannel.open(new InetSocketAddress("127.0.0.1", port)), System.nanoTime());
            String begun = i % 2 == 0 ? "G" : "POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nX: ";
            channel.write(ByteBuffer.wrap(begun.getBytes(StandardCharsets.US_ASCII)));
        }

        boolean drips() {
            try {
                channel.write(ByteBuffer.wrap(new byte[] {'E'}));
                return isOpen(channel);
            } catch (IOException closed) {
                return false;
            }
        }
    }

    private double dripToTheEnd(List<Dripping> drips) throws Exception {
        List<Dripping> left = new ArrayList<>(drips);
        long start = left.get(0).start();
        for (int i = 0; i < 4 * (2 * idleSeconds + 10) && !left.isEmpty(); i++) {
            left.removeIf(each -> !each.drips());
            Thread.sleep(DRIP_MILLIS);
        }
        assertThat(left).as("still open").isEmpty();
        for (Dripping each : drips) {
            each.channel().close();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** After the header, in the middle of the body, and before the answer; closed, or reset. */
    private void leaveHalfWay() throws Exception {
        int clients = Campaign.size(1_000, 10_000);
        for (int i = 0; i < clients; i++) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.getOutputStream()
                        .write(("POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
                                        + "Content-Length: " + image.length + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(image, 0, image.length * (i % 3) / 2);
                socket.setSoLinger(i % 2 == 0, 0);
            }
        }
        long start = System.nanoTime();
        for (int i = 0; i < 500 && !metrics().contains("numclip_queue_requests 0.0\n"); i++) {
            Thread.sleep(10);
        }
        assertThat(metrics()).as("their places are free").contains("numclip_queue_requests 0.0\n");
        Campaign.figure("68", "clients that left half-way", clients);
        Campaign.figure("68", "seconds until all their places were free", (System.nanoTime() - start) / 1e9);
        predict(5);
    }

    /** @return the seconds of the slowest */
    private double predict(int times) throws Exception {
        double slowest = 0;
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            HttpRequest request = to("v1/predict")
                    .header("Content-Type", "image/png")
                    .POST(BodyPublishers.ofByteArray(image))
                    .build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            slowest = Math.max(slowest, (System.nanoTime() - start) / 1e9);
        }
        assertThat(client.send(to("v2/health/ready").build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        return slowest;
    }

    private String metrics() throws Exception {
        return client.send(to("metrics").build(), BodyHandlers.ofString()).body();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path));
    }
}
