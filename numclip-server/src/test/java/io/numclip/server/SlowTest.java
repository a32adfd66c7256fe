package io.numclip.server;

import static io.numclip.server.TestingServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults 62 and 67: too slow, idle, and hanging, with limits of a few seconds. */
@Tag("ci")
class SlowTest extends FewPlaces {

    SlowTest() {
        super(TestingServer.LIMITS);
    }

    @Test
    void aRequestThatTakesTooLongIsToldSoAndAWorkerThatHangsIsLost() throws Exception {
        HttpResponse<String> answer = server.predict("hang");
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(json(answer).at("/error/message").asText())
                .isEqualTo("not finished within 2 s, the limit http.requestSeconds");
        TestingServer.await(() -> server.metric("numclip_lost_workers") == 1);
        assertThat(server.get("/v2/health/live").statusCode()).isEqualTo(503);
        assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(503);
        assertThat(json(server.predict("1")).at("/error/code").asText()).isEqualTo("no_worker");
        server.scoring.never.countDown();
        TestingServer.await(() -> server.metric("numclip_lost_workers") == 0);
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
        TestingServer.await(() -> server.metric("numclip_queue_requests") == 0);
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

    /** A place is for a request that has come; more clients drip here than there are places, and bytes. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/predict          | Content-Length: 100        | ''
            /v1/predict          | Content-Length: 100000     | ''
            /v1/predict          | Transfer-Encoding: chunked | '1\r\n1\r\n'
            /v1/predict          | Transfer-Encoding: chunked | '1;'
            /v2/models/age/infer | Content-Length: 100        | ''
            """)
    void clientsThatDripCostOthersNothing(String path, String length, String beginning) throws Exception {
        List<Socket> dripping = new ArrayList<>();
        for (int i = 0; i < 3 * SMALL.jobQueueSize(); i++) {
            Socket socket = new Socket("127.0.0.1", server.server.port());
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + length + "\r\n\r\n" + beginning + "1")
                            .getBytes(StandardCharsets.US_ASCII));
            dripping.add(socket);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(server.predict("1").statusCode()).isEqualTo(200);
        }
        assertThat(server.metric("numclip_queue_requests")).isZero();
        TestingServer.await(() -> server.metric("numclip_body_bytes") == 0);
        for (Socket socket : dripping) {
            socket.close();
        }
    }

    /** Of which nothing is ever read as a body. */
    @ParameterizedTest
    @ValueSource(strings = {"1;", "0", "0\r\nX: "})
    void theSizeOfAChunkThatDripsEndsItsConnection(String beginning) throws Exception {
        assertThat(drip("POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n" + beginning))
                .isLessThan(6_000);
        TestingServer.await(() -> server.metric("numclip_body_bytes") == 0);
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
    void theEndDoesNotWaitForEver() throws Exception {
        Future<HttpResponse<String>> slow = predictLater("hang");
        TestingServer.await(() -> server.metric("numclip_queue_requests") == 1);
        assertThat(server.server.stop())
                .as("the request had 2 s, the end 3 s; the worker never returns")
                .isFalse();
        assertThat(slow.get().statusCode()).isEqualTo(504);
    }
}
