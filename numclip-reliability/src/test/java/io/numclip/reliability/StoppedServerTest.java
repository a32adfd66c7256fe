package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM at a random moment of a server under load: every request is answered, and the program ends with 0. */
@Tag("campaign")
class StoppedServerTest {

    private static final int CLIENTS = 8;
    private static final int MOST_BEFORE = 300;

    @TempDir
    Path folder;

    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    @Test
    void noAcceptedRequestIsLost() throws Exception {
        Program program = new Program(folder);
        byte[] image = SmallTask.trained(program, folder);
        int stops = Campaign.size(8, 200);
        double longest = 0;
        for (int i = 0; i < stops; i++) {
            longest = Math.max(longest, stop(program, image, new Random(i).nextInt(MOST_BEFORE)));
        }
        clients.shutdownNow();
        Campaign.figure("G8", "SIGTERM under load of 8 clients", stops);
        Campaign.figure("G8", "requests answered", answered.get());
        Campaign.figure("G8", "requests refused with 503", refused.get());
        Campaign.figure("G8", "requests lost", 0);
        Campaign.figure("G8", "most seconds from signal to end", longest);
    }

    private double stop(Program program, byte[] image, int before) throws Exception {
        int port = freePort();
        int begun = answered.get();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            running.add(clients.submit((Callable<Void>) () -> askUntilTheEnd(port, image)));
        }
        Program.Ended ended = program.stoppedWhen(
                () -> answered.get() > begun + before || running.stream().anyMatch(Future::isDone),
                Program.Signal.TERM,
                "serve",
                folder.resolve("run").toString(),
                "--port",
                String.valueOf(port));
        for (Future<?> client : running) {
            client.get();
        }
        assertThat(ended.signalled()).as(program.err()).isTrue();
        assertThat(ended.code()).as(program.err()).isZero();
        assertThat(program.err()).isEmpty();
        return ended.seconds();
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    /** Until the server says that it is about to stop; a connection that breaks before the answer is a loss. */
    private Void askUntilTheEnd(int port, byte[] image) throws Exception {
        boolean up = false;
        while (true) {
            String answer;
            try {
                answer = ask(port, image);
            } catch (ConnectException notYet) {
                assertThat(up).as("the server has gone without a word").isFalse();
                Thread.sleep(20);
                continue;
            }
            up = true;
            if (answer.startsWith("HTTP/1.1 200 ")) {
                answered.incrementAndGet();
                assertThat(answer).endsWith("}]}");
            } else {
                assertThat(answer).startsWith("HTTP/1.1 503 ").contains("Retry-After: ");
                refused.incrementAndGet();
                if (answer.contains("\"stopping\"")) {
                    return null;
                }
            }
        }
    }

    private static String ask(int port, byte[] image) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            String head =
                    "POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nConnection: close\r\n"
                            + "Content-Length: " + image.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(image);
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
