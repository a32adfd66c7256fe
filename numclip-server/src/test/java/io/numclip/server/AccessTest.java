package io.numclip.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.server.http.Listening;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults 69, 70 and 72: who may ask, and where the server listens. */
@Tag("ci")
class AccessTest {

    private static final String TOKEN = "CANARY-0123456789abcdef";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "/v1/models, '', 401",
        "/v1/models, Bearer wrong, 401",
        "/v1/models, Bearer, 401",
        "/v1/models, Basic CANARY-0123456789abcdef, 401",
        "/v1/models, CANARY-0123456789abcdef, 401",
        "/v1/models, Bearer CANARY-0123456789abcdef, 200",
        "/v1/models, bearer CANARY-0123456789abcdef, 200",
        "/metrics, '', 401",
        "/nothing, '', 401",
        "/v2/models/age, '', 401",
        "/, '', 200",
        "/openapi.json, '', 200",
        "/v2/health/live, '', 200",
        "/v2/health/ready, '', 200"
    })
    void withATokenOnlyThosePathsAreOpenThatTellNothing(String path, String authorization, int status)
            throws Exception {
        ServerSettings settings = TestingServer.settings(Batching.defaults(), Secret.of(TOKEN, "test"));
        try (TestingServer server = new TestingServer(settings, TestingServer.LIMITS)) {
            var request = server.request(path);
            if (!authorization.isEmpty()) {
                request.header("Authorization", authorization);
            }
            var answer = server.send(request);
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).doesNotContain("CANARY");
            assertThat(answer.headers().firstValue("WWW-Authenticate").isPresent())
                    .isEqualTo(status == 401);
        }
    }

    @Test
    void othersThanThisMachineNeedAToken() {
        for (String host : List.of("0.0.0.0", "::", "192.0.2.1")) {
            assertThatExceptionOfType(NumClipException.class)
                    .isThrownBy(() -> settings(host, null, false))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION))
                    .withMessageContaining("there is no token");
            settings(host, Secret.of(TOKEN, "test"), false);
            settings(host, null, true);
        }
        for (String host : List.of("127.0.0.1", "::1", "localhost", "127.8.8.8")) {
            assertThat(settings(host, null, false).isLoopback()).isTrue();
        }
    }

    private static ServerSettings settings(String host, Secret token, boolean insist) {
        return new ServerSettings(host, 0, token, insist, List.of(), Batching.defaults());
    }

    @Test
    void aPortInUseIsSaid() {
        try (TestingServer server = new TestingServer()) {
            int port = server.server.port();
            assertThatExceptionOfType(NumClipException.class)
                    .isThrownBy(() -> NumClipServer.start(
                            ServerSettings.local(port), TestingScoring.MODELS, new TestingScoring()))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE))
                    .withMessage("127.0.0.1:" + port + " is in use, or is no address of this machine");
        }
    }

    /** As the system says it, in Java's old words and its new ones, and as Jetty hands it on. */
    @Test
    void aPortThatIsNotPermittedIsSaid() {
        for (SocketException denied :
                List.of(new SocketException("Permission denied"), new BindException("Permission denied"))) {
            NumClipException said =
                    Listening.unavailable("127.0.0.1", 80, new IOException("Failed to bind to /127.0.0.1:80", denied));
            assertThat(said.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(said).hasMessage("127.0.0.1:80 is not permitted");
            assertThat(said.fix()).isEqualTo("choose a port from 1024 on with --port");
        }
    }

    @Test
    void aTokenIsLongAndSecret() throws IOException {
        assertThat(Secret.of(TOKEN, "test")).hasToString("***");
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> Secret.of("short", "NUMCLIP_TOKEN"))
                .withMessage("NUMCLIP_TOKEN: the token has 5 characters, expected at least 16");
        assertThatExceptionOfType(NumClipException.class).isThrownBy(() -> Secret.of("with space 0123456789", "t"));
        Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> Secret.read(file))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.NOT_PERMITTED));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(Secret.read(file).isKnownBy(TOKEN)).isTrue();
    }

    /** Nobody writes into it. */
    @Test
    @Timeout(20)
    void aPipeIsNoFileWithAToken() throws Exception {
        Path pipe = folder.resolve("pipe");
        new ProcessBuilder("mkfifo", "-m", "600", pipe.toString()).start().waitFor();
        for (Path each : List.of(pipe, Files.createSymbolicLink(folder.resolve("link"), pipe))) {
            assertThatExceptionOfType(NumClipException.class)
                    .isThrownBy(() -> Secret.read(each))
                    .withMessage(each + ": not a regular file")
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.DATA));
        }
    }

    /** As on Windows. */
    @Test
    void whereNobodyCanTellWhoReadsAFileItIsRefusedWithAnotherWay() throws IOException {
        Path archive = folder.resolve("without-permissions.zip");
        try (FileSystem files = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            Path file = Files.writeString(files.getPath("token"), TOKEN);
            assertThatExceptionOfType(NumClipException.class)
                    .isThrownBy(() -> Secret.read(file))
                    .withMessage("token: this file system does not say who can read the token")
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.NOT_PERMITTED))
                    .satisfies(failure -> assertThat(failure.fix()).contains("NUMCLIP_TOKEN"));
        }
    }
}
