package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No command opens a connection, nor asks for one, and only the server listens, where none but this machine can ask: the
 * system's calls are counted from outside.
 */
@Tag("campaign")
class ConnectionsTest {

    @TempDir
    Path folder;

    @BeforeEach
    void findStrace() throws InterruptedException {
        assumeTrue(hasStrace(), "strace is not installed, or may not trace here: connections are not counted");
    }

    @Test
    void noCommandOpensAConnection() throws Exception {
        SmallTask.write(folder, 2);
        long connections = 0;
        for (EveryCommand.Words command : EveryCommand.all()) {
            watched(EveryCommand.name(command)).run(command);
            List<String> found = found(EveryCommand.name(command));
            List<String> listening =
                    found.stream().filter(call -> call.contains(" bind(")).toList();
            assertThat(listening).as(command.toString()).hasSize(command.isServer() ? 1 : 0);
            assertThat(listening).allMatch(call -> call.contains("127.0.0.1\""));
            assertThat(found).as(command.toString()).isEqualTo(listening);
            connections += found.size() - listening.size();
        }
        Campaign.figure("G14", "connections of " + EveryCommand.all().size() + " commands", connections);
    }

    /** The control. */
    @Test
    void aConnectionIsSeen() throws Exception {
        watched("control").java(Connecting.class.getName(), "control");
        assertThat(found("control")).isNotEmpty();
    }

    /** Opens a connection, which nobody answers. */
    static final class Connecting {

        private Connecting() {}

        public static void main(String[] arguments) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", 1), 100);
            } catch (IOException e) {
                // nobody listens there
            }
        }
    }

    private EveryCommand watched(String name) {
        List<String> strace = List.of(
                "strace",
                "-f",
                "-qq",
                "-e",
                "trace=bind,connect,sendto,sendmsg",
                "-o",
                calls(name).toString());
        return new EveryCommand(folder, strace, List.of(), Map.of());
    }

    /** Calls to an address of the internet, version 4 or 6. */
    private List<String> found(String name) throws IOException {
        return Files.readAllLines(calls(name)).stream()
                .filter(call -> call.contains("AF_INET"))
                .toList();
    }

    private Path calls(String name) {
        return folder.resolve("calls-" + name);
    }

    private static boolean hasStrace() throws InterruptedException {
        try {
            return new ProcessBuilder("strace", "-f", "-qq", "-o", "/dev/null", "true")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
