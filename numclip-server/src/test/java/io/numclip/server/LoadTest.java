package io.numclip.server;

import static io.numclip.server.TestingServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.numclip.server.work.Batching;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Faults 61, 62, 66, 67 and 68: too much, too slow, gone, hanging, and the end. */
class LoadTest {

    private static final Batching SMALL = new Batching(2, Duration.ofMillis(1), 4, 1);

    private final TestingServer server = new TestingServer(TestingServer.settings(SMALL, null), TestingServer.LIMITS);
    private final ExecutorService clients = Executors.newFixedThreadPool(24);

    @AfterEach
    void close() {
        clients.shutdownNow();
        server.close();
    }

    private Future<HttpResponse<String>> predictLater(String image) {
        return clients.submit((Callable<HttpResponse<String>>) () -> server.predict(image));
    }

    private static void await(BooleanSupplier what) throws InterruptedException {
        for (int i = 0; i < 3_000; i++) {
            if (what.getAsBoolean()) {
                return; // asked again it may be otherwise: a client that left may come to its turn late
            }
            Thread.sleep(10);
        }
        fail("not within 30 s");
    }

    private double metric(String name) {
        try {
            return server.get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void workersPredictBesideEachOtherAndShareTheProcessors() throws Exception {
        Batching two = new Batching(1, Duration.ZERO, 4, 2);
        try (TestingServer shared = new TestingServer(TestingServer.settings(two, null), TestingServer.LIMITS)) {
            for (int i = 0; i < 2; i++) {
                clients.submit((Callable<HttpResponse<String>>) () -> shared.predict("wait:1"));
            }
            await(() -> shared.scoring.waiting.getQueueLength() == 2);
            assertThat(shared.scoring.shares).containsExactly(2, 2);
            shared.scoring.waiting.release(2);
        }
    }

    @Test
    void whoIsAcceptedIsAnsweredAndTheOthersAreToldWhenToComeAgain() throws Exception {
        List<Future<HttpResponse<String>>> accepted = new ArrayList<>();
        for (int i = 0; i < SMALL.jobQueueSize(); i++) {
            accepted.add(predictLater("wait:" + i));
        }
        await(() -> metric("numclip_queue_requests") == SMALL.jobQueueSize());
        for (int i = 0; i < 10; i++) {
            HttpResponse<String> refused = server.predict("1");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(json(refused).at("/error/code").asText()).isEqualTo("busy");
        }
        assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
        server.scoring.waiting.release(SMALL.jobQueueSize());
        for (Future<HttpResponse<String>> answer : accepted) {
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
        await(() -> metric("numclip_queue_requests") == 0);
        assertThat(server.predict("1").statusCode()).isEqualTo(200);
    }

    @Test
    void aRefusedClientThatStillSendsReadsItsAnswer() throws Exception {
        for (int i = 0; i < SMALL.jobQueueSize(); i++) {
            predictLater("wait:" + i);
        }
        await(() -> metric("numclip_queue_requests") == SMALL.jobQueueSize());
        for (int i = 0; i < 20; i++) {
            assertThat(server.predict("1".repeat(90_000)).statusCode()).isEqualTo(503);
        }
    }

    @Test
    void imagesOfSeveralRequestsArePredictedTogether() throws Exception {
        Future<HttpResponse<String>> first = predictLater("wait:1");
        await(() -> metric("numclip_queue_requests") == 1);
        Future<HttpResponse<String>> second = predictLater("2");
        Future<HttpResponse<String>> third = predictLater("3");
        await(() -> metric("numclip_waiting_images") == 2);
        server.scoring.waiting.release();
        assertThat(List.of(
                        first.get().statusCode(),
                        second.get().statusCode(),
                        third.get().statusCode()))
                .containsOnly(200);
        assertThat(server.scoring.batches).containsExactly(1, 2);
    }

    @Test
    void aRequestThatTakesTooLongIsToldSoAndAWorkerThatHangsIsLost() throws Exception {
        HttpResponse<String> answer = server.predict("hang");
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(json(answer).at("/error/message").asText())
                .isEqualTo("not finished within 2 s, the limit http.requestSeconds");
        await(() -> metric("numclip_lost_workers") == 1);
        assertThat(server.get("/v2/health/live").statusCode()).isEqualTo(503);
        assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(503);
        assertThat(json(server.predict("1")).at("/error/code").asText()).isEqualTo("no_worker");
        server.scoring.never.countDown();
        await(() -> metric("numclip_lost_workers") == 0);
        assertThat(server.predict("1").statusCode()).isEqualTo(200);
    }

    /** The idle time of a connection is shorter than the request takes. */
    @Test
    void waitingForANumberIsNotIdle() throws Exception {
        Future<HttpResponse<String>> slow = predictLater("wait:1");
        Thread.sleep(2 * TestingServer.LIMITS.idle().toMillis());
        server.scoring.waiting.release();
        assertThat(slow.get().statusCode()).isEqualTo(200);
    }

    @Test
    void aClientThatStopsSendingIsToldSoAndFreesItsPlace() throws Exception {
        String answer = server.raw("POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
                + "Content-Length: 100\r\n\r\n123");
        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("too_slow");
        await(() -> metric("numclip_queue_requests") == 0);
    }

    @Test
    void aClientThatDripsIsToldSo() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
            socket.getOutputStream()
                    .write(("POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
                                    + "Content-Length: 100\r\n\r\n")
                            .getBytes());
            for (int i = 0; i < 12; i++) {
                socket.getOutputStream().write('1');
                socket.getOutputStream().flush();
                Thread.sleep(250);
                if (socket.getInputStream().available() > 0) {
                    break;
                }
            }
            assertThat(new String(socket.getInputStream().readNBytes(13))).isEqualTo("HTTP/1.1 408 ");
        }
    }

    @Test
    void anIdleConnectionIsClosed() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write("GET /v1/mo".getBytes());
            socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        }
        assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
    }

    /** Never idle, never whole. */
    @Test
    void aHeaderThatDripsEndsItsConnection() throws Exception {
        long closed = drip("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        assertThat(closed).isLessThan(5_000);
        assertThat(drip("GET /v2/health/ready HTTP/1.1\r\nHost: localhost\r\n\r\nGET /v1/models HTTP/1.1\r\nX: "))
                .as("the second request of a connection")
                .isLessThan(5_000);
    }

    @Test
    void theRestOfARefusedBodyThatDripsEndsItsConnection() throws Exception {
        assertThat(drip("POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: gzip\r\n"
                        + "Content-Length: 1000\r\n\r\n"))
                .isLessThan(6_000);
    }

    /** @return milliseconds until the server has closed the connection */
    private long drip(String beginning) throws Exception {
        long start = System.nanoTime();
        try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
            socket.setSoTimeout(100);
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[1_000];
            for (int i = 0; i < 100; i++) {
                socket.getOutputStream().write('1');
                try {
                    if (socket.getInputStream().read(answer) < 0) {
                        break;
                    }
                } catch (SocketTimeoutException stillOpen) {
                    continue;
                }
            }
        } catch (SocketException closed) {
            return (System.nanoTime() - start) / 1_000_000;
        }
        return (System.nanoTime() - start) / 1_000_000;
    }

    /** The time of a header begins anew with each request of a connection, and ends when it is whole. */
    @Test
    void aConnectionThatIsKeptMayWaitForEachOfItsNumbers() throws Exception {
        server.get("/v2/health/ready");
        for (int i = 0; i < 2; i++) {
            Future<HttpResponse<String>> slow = predictLater("wait:1");
            Thread.sleep(1_500);
            server.scoring.waiting.release();
            assertThat(slow.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void manyIdleConnectionsLeaveTheServerReady() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 90; i++) {
                idle.add(new Socket("127.0.0.1", server.server.port()));
            }
            assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
            assertThat(server.predict("1").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void clientsThatLeaveFreeTheirPlaces() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
                socket.getOutputStream()
                        .write(("POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
                                        + "Content-Length: " + (i % 2 == 0 ? 1 : 100) + "\r\n\r\n1")
                                .getBytes());
                socket.getOutputStream().flush();
            }
        }
        await(() -> metric("numclip_queue_requests") == 0);
        assertThat(server.predict("1").statusCode()).isEqualTo(200);
    }

    @Test
    void atTheEndAcceptedRequestsAreAnsweredAndOthersRefused() throws Exception {
        List<Future<HttpResponse<String>>> accepted = new ArrayList<>();
        for (int i = 0; i < SMALL.jobQueueSize() - 1; i++) {
            accepted.add(predictLater("wait:" + i));
        }
        await(() -> metric("numclip_queue_requests") == SMALL.jobQueueSize() - 1);
        Future<Boolean> stopped = clients.submit(server.server::stop);
        await(() -> status("/v2/health/ready") == 503);
        assertThat(status("/v2/health/live")).isEqualTo(200);
        HttpResponse<String> refused = server.predict("1");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(json(refused).at("/error/code").asText()).isEqualTo("stopping");
        server.scoring.waiting.release(accepted.size());
        for (Future<HttpResponse<String>> answer : accepted) {
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
        assertThat(stopped.get()).isTrue();
    }

    @Test
    void theEndDoesNotWaitForEver() throws Exception {
        Future<HttpResponse<String>> slow = predictLater("hang");
        await(() -> metric("numclip_queue_requests") == 1);
        assertThat(server.server.stop())
                .as("the request had 2 s, the end 3 s; the worker never returns")
                .isFalse();
        assertThat(slow.get().statusCode()).isEqualTo(504);
    }

    /** Clients that ask without a pause while the server ends: each request is answered, refused, or never begun. */
    @Test
    void noAcceptedRequestIsLostAtTheEnd() throws Exception {
        server.scoring.millis = 3;
        List<Future<Integer>> running = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            running.add(clients.submit(this::askUntilTheEnd));
        }
        Thread.sleep(300);
        assertThat(server.server.stop()).isTrue();
        int answered = 0;
        for (Future<Integer> client : running) {
            answered += client.get();
        }
        assertThat(answered).isGreaterThan(8);
    }

    /** @return how many were answered; a connection that is closed before the answer begins was not accepted */
    private int askUntilTheEnd() throws Exception {
        for (int answered = 0; ; answered++) {
            HttpResponse<String> answer;
            try {
                answer = server.predict("5");
            } catch (java.net.ConnectException refused) {
                return answered;
            }
            if (answer.statusCode() != 200) {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(json(answer).at("/error/code").asText()).isIn("stopping", "busy");
                answered--;
                if (json(answer).at("/error/code").asText().equals("stopping")) {
                    return answered + 1;
                }
            }
        }
    }

    private int status(String path) {
        try {
            return server.get(path).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
