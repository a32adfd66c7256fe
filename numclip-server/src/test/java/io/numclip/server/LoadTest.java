package io.numclip.server;

import static io.numclip.server.TestingServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.clip.kernel.NativeThreads;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Faults 61, 66, 67 and 68: too much, gone, and the end. Nothing here depends on how fast the machine is. */
@Tag("ci")
class LoadTest extends FewPlaces {

    LoadTest() {
        super(TestingServer.PATIENT);
    }

    @Test
    void workersPredictBesideEachOtherAndShareTheProcessors() throws Exception {
        Batching two = new Batching(1, Duration.ZERO, 4, 2);
        try (TestingServer shared = new TestingServer(TestingServer.settings(two, null), TestingServer.PATIENT)) {
            for (int i = 0; i < 2; i++) {
                clients.submit((Callable<HttpResponse<String>>) () -> shared.predict("wait:1"));
            }
            TestingServer.await(() -> shared.scoring.waiting.getQueueLength() == 2);
            int all = NativeThreads.count();
            assertThat(shared.scoring.threads).containsExactly(Math.max(1, all / 2), Math.max(1, all / 2));
            shared.scoring.waiting.release(2);
        }
    }

    @Test
    void whoIsAcceptedIsAnsweredAndTheOthersAreToldWhenToComeAgain() throws Exception {
        List<Future<HttpResponse<String>>> accepted = new ArrayList<>();
        for (int i = 0; i < SMALL.jobQueueSize(); i++) {
            accepted.add(predictLater("wait:" + i));
        }
        TestingServer.await(() -> server.metric("numclip_queue_requests") == SMALL.jobQueueSize());
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
        TestingServer.await(() -> server.metric("numclip_queue_requests") == 0);
        assertThat(server.predict("1").statusCode()).isEqualTo(200);
    }

    @Test
    void aRefusedClientThatStillSendsReadsItsAnswer() throws Exception {
        for (int i = 0; i < SMALL.jobQueueSize(); i++) {
            predictLater("wait:" + i);
        }
        TestingServer.await(() -> server.metric("numclip_queue_requests") == SMALL.jobQueueSize());
        for (int i = 0; i < 20; i++) {
            assertThat(server.predict("1".repeat(90_000)).statusCode()).isEqualTo(503);
        }
    }

    @Test
    void imagesOfSeveralRequestsArePredictedTogether() throws Exception {
        Future<HttpResponse<String>> first = predictLater("wait:1");
        TestingServer.await(() -> server.metric("numclip_queue_requests") == 1);
        Future<HttpResponse<String>> second = predictLater("2");
        Future<HttpResponse<String>> third = predictLater("3");
        TestingServer.await(() -> server.metric("numclip_waiting_images") == 2);
        server.scoring.waiting.release();
        assertThat(List.of(
                        first.get().statusCode(),
                        second.get().statusCode(),
                        third.get().statusCode()))
                .containsOnly(200);
        assertThat(server.scoring.batches).containsExactly(1, 2);
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
        TestingServer.await(() -> server.metric("numclip_queue_requests") == 0);
        assertThat(server.predict("1").statusCode()).isEqualTo(200);
    }

    @Test
    void atTheEndAcceptedRequestsAreAnsweredAndOthersRefused() throws Exception {
        List<Future<HttpResponse<String>>> accepted = new ArrayList<>();
        for (int i = 0; i < SMALL.jobQueueSize() - 1; i++) {
            accepted.add(predictLater("wait:" + i));
        }
        TestingServer.await(() -> server.metric("numclip_queue_requests") == SMALL.jobQueueSize() - 1);
        Future<Boolean> stopped = clients.submit(server.server::stop);
        TestingServer.await(() -> status("/v2/health/ready") == 503);
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
