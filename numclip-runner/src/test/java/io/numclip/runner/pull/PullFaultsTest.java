package io.numclip.runner.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on the way: each with its exit code, a message with a fix, and nothing wrong in the folder. */
@Tag("ci")
class PullFaultsTest {

    private static final String WEIGHTS = "model.safetensors";

    @TempDir
    Path folder;

    private HubStub hub;
    private PullProgram program;
    private Path clip;

    @BeforeEach
    void start() {
        hub = HubStub.withClip();
        program = new PullProgram(folder, hub.address());
        clip = folder.resolve("clip");
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private void pullEndsWith(int code) {
        program.run("hf:owner/clip", clip).isEqualTo(code);
    }

    private void theModelIsThere() {
        assertThat(clip.resolve(WEIGHTS)).hasBinaryContent(hub.content(WEIGHTS));
        assertThat(clip.resolve(".pull")).doesNotExist();
    }

    @Test
    void anUnknownHostIsTheNetwork() {
        String unknown = "a".repeat(70) + ".invalid"; // no name server is asked for a label that is too long
        program = new PullProgram(folder, "http://" + unknown);
        pullEndsWith(69);
        assertThat(program.err()).contains(unknown + ": no such host is known").contains("HTTPS_PROXY");
        assertThat(program.waits()).isEmpty();
        assertThat(clip).doesNotExist();
    }

    @Test
    void whereNobodyListensIsTriedAFewTimes() {
        program = new PullProgram(folder, "http://127.0.0.1:1");
        pullEndsWith(69);
        assertThat(program.err()).contains("127.0.0.1:1: no connection");
        assertThat(program.waits()).containsExactly(1L, 2L, 4L, 8L, 16L);
    }

    @Test
    void aGatedModelNeedsATokenAndItsTermsAccepted() {
        hub.requireToken("hf_other");
        pullEndsWith(77);
        assertThat(program.err())
                .contains("file config.json of hf:owner/clip is not for everybody")
                .contains("open " + hub.address() + "/owner/clip and accept the terms")
                .contains("set HF_TOKEN");

        program.with("HF_TOKEN", "hf_wrong");
        pullEndsWith(77);
        assertThat(program.err()).contains("check that the token in HF_TOKEN is valid");
    }

    @Test
    void forbiddenIsNotPermitted() {
        hub.plant(HubStub.LIST, HubStub.status(403));
        pullEndsWith(77);
    }

    @Test
    void aModelThatIsNotThereIsMissing() {
        hub.plant(HubStub.LIST, HubStub.status(404));
        pullEndsWith(66);
        assertThat(program.err()).contains("no such model hf:owner/clip").contains("check the name");
        assertThat(clip).doesNotExist();

        hub.plant(HubStub.LIST, HubStub.status(401, "X-Error-Code", "RepoNotFound"));
        pullEndsWith(66);
        assertThat(program.err()).contains("if the model is private, set HF_TOKEN");
    }

    @Test
    void aRevisionThatIsNotThereIsMissing() {
        hub.plant(HubStub.LIST, HubStub.status(404, "X-Error-Code", "RevisionNotFound"));
        program.run("hf:owner/clip@v9", clip).isEqualTo(66);
        assertThat(program.err()).contains("owner/clip has no revision v9");
    }

    @Test
    void aBusyHubIsGivenTheTimeThatItAsksFor() {
        hub.plant(HubStub.LIST, HubStub.status(429, "Retry-After", "7"));
        hub.plant("storage " + WEIGHTS, HubStub.status(429, "Retry-After", "30"));
        pullEndsWith(0);
        assertThat(program.waits()).containsExactly(7L, 30L);
        assertThat(program.err()).contains("answers 429, too many requests; trying again in 7 s");
        theModelIsThere();
    }

    @Test
    void aBusyHubThatDoesNotSayHowLongIsGivenAMinuteAndNotLongerThanTen() {
        hub.plant(HubStub.LIST, HubStub.status(429, "Retry-After", "soon"));
        pullEndsWith(0);
        assertThat(program.waits()).containsExactly(60L);
        hub.plant(HubStub.LIST, HubStub.status(429, "Retry-After", "601"));
        pullEndsWith(75);
    }

    @Test
    void aHubThatStaysBusyEndsTheCommand() {
        hub.plant(
                HubStub.LIST,
                Collections.nCopies(6, HubStub.status(429, "Retry-After", "2")).toArray(HubStub.Fault[]::new));
        pullEndsWith(75);
        assertThat(program.waits()).hasSize(5);
        assertThat(program.err()).contains("too many requests from here").contains("set HF_TOKEN");
    }

    @Test
    void aHubThatFailsIsTriedAgainAfterGrowingWaits() {
        hub.plant("storage " + WEIGHTS, HubStub.status(503), HubStub.status(500), HubStub.status(502));
        pullEndsWith(0);
        assertThat(program.waits()).containsExactly(1L, 2L, 4L);
        theModelIsThere();

        hub.plant(HubStub.LIST, Collections.nCopies(6, HubStub.status(503)).toArray(HubStub.Fault[]::new));
        program.run("hf:owner/clip", folder.resolve("b")).isEqualTo(69);
        assertThat(program.waits()).containsExactly(1L, 2L, 4L, 8L, 16L);
        assertThat(program.err()).contains("answers 503 when asked for the model hf:owner/clip");
    }

    @Test
    void tenCutsEndWithTheRightContent() {
        for (int i = 0; i < 10; i++) {
            hub.plant("storage " + WEIGHTS, hub.cutAfter(WEIGHTS, 5000 + i));
        }
        pullEndsWith(0);
        theModelIsThere();
        List<String> ranges = hub.seen().stream()
                .filter(request -> request.server().equals("storage"))
                .map(request -> request.header("Range"))
                .toList();
        assertThat(ranges).hasSize(11).contains("bytes=5000-", "bytes=50045-");
        assertThat(hub.seen().get(hub.seen().size() - 1).header("If-Range")).startsWith("\"");
    }

    @Test
    void cutsThatBringNothingEndTheCommandAndTheNextOneGoesOn() {
        hub.plant("storage " + WEIGHTS, hub.cutAfter(WEIGHTS, 5000));
        for (int i = 0; i < 5; i++) {
            hub.plant("storage " + WEIGHTS, hub.cutAfter(WEIGHTS, 0));
        }
        pullEndsWith(69);
        assertThat(program.err()).contains("what has arrived is kept, and the same command goes on");
        hub.forget();

        pullEndsWith(0);
        assertThat(hub.seen()).anyMatch(request -> request.header("Range").equals("bytes=5000-"));
        theModelIsThere();
    }

    @Test
    void aServerThatFallsSilentIsLeft() {
        hub.plant("storage " + WEIGHTS, exchange -> {
            hub.cutAfter(WEIGHTS, 5000).answer(exchange);
            pause(Duration.ofSeconds(3));
        });
        program.silence(Duration.ofMillis(500));
        pullEndsWith(0);
        assertThat(program.err()).contains("nothing has come for");
        theModelIsThere();
    }

    @Test
    void aServerThatIgnoresTheRangeBeginsAnew() {
        hub.plant("storage " + WEIGHTS, hub.cutAfter(WEIGHTS, 5000), HubStub.bytes(hub.content(WEIGHTS)));
        pullEndsWith(0);
        assertThat(program.err()).contains("begins anew");
        theModelIsThere();
    }

    @Test
    void aServerThatGoesOnElsewhereIsNotBelieved() {
        hub.plant("storage " + WEIGHTS, hub.cutAfter(WEIGHTS, 5000), exchange -> {
            exchange.getResponseHeaders().set("Content-Range", "bytes 100-79999/80000");
            HubStub.send(exchange, 206, new byte[79900]);
        });
        pullEndsWith(0);
        theModelIsThere();
    }

    @Test
    void otherContentUnderTheSameNameBeginsAnew() throws IOException {
        hub.plant("storage " + WEIGHTS, hub.cutAfter(WEIGHTS, 5000));
        for (int i = 0; i < 5; i++) {
            hub.plant("storage " + WEIGHTS, hub.cutAfter(WEIGHTS, 0));
        }
        pullEndsWith(69);
        Files.writeString(clip.resolve(".pull").resolve(WEIGHTS + ".etag"), "\"of other content\"");
        pullEndsWith(0);
        assertThat(program.err()).contains("begins anew");
        theModelIsThere();
    }

    @Test
    void aWrongHashIsFetchedOnceMoreAndThenRefused() {
        byte[] wrong = "another ".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        hub.plant("storage " + WEIGHTS, HubStub.bytes(wrong));
        pullEndsWith(0);
        assertThat(program.err()).contains("expected the SHA-256").contains("it is fetched once more");
        theModelIsThere();

        clip = folder.resolve("b");
        hub.plant("storage " + WEIGHTS, HubStub.bytes(wrong), HubStub.bytes(wrong));
        pullEndsWith(65);
        assertThat(program.err()).contains(HubStub.sha256(hub.content(WEIGHTS))).contains("twice; it was removed");
        assertThat(clip.resolve(WEIGHTS)).doesNotExist();
        assertThat(clip.resolve(".pull").resolve(WEIGHTS + ".part")).doesNotExist();
    }

    @Test
    void aSmallFileIsVerifiedToo() {
        byte[] wrong = "{\"vocab\": []}".getBytes(StandardCharsets.UTF_8);
        hub.plant("hub tokenizer.json", HubStub.bytes(wrong), HubStub.bytes(wrong));
        pullEndsWith(65);
        assertThat(program.err()).contains("tokenizer.json of hf:owner/clip: expected the SHA-1 of git");
    }

    @Test
    void moreBytesThanAnnouncedAreRefused() {
        HubStub.Fault more = exchange -> {
            exchange.sendResponseHeaders(200, 0); // of any length
            exchange.getResponseBody().write(new byte[1_000_000]);
        };
        hub.plant("storage " + WEIGHTS, more, more);
        pullEndsWith(65);
        assertThat(program.err()).contains("expected 80000 bytes, found at least");
    }

    @Test
    void redirectsInACircleEnd() {
        hub.plant(
                "hub " + WEIGHTS,
                Collections.nCopies(
                                20,
                                HubStub.status(
                                        302, "Location", "/owner/clip/resolve/" + HubStub.COMMIT + "/" + WEIGHTS))
                        .toArray(HubStub.Fault[]::new));
        pullEndsWith(69);
        assertThat(program.err()).contains("redirects in a circle; 10 were followed");
    }

    @Test
    void aRedirectToSomethingElseThanTheWebIsRefused() {
        hub.plant("hub " + WEIGHTS, HubStub.status(302, "Location", "file:///etc/passwd"));
        pullEndsWith(65);
        hub.plant("hub " + WEIGHTS, HubStub.status(302));
        pullEndsWith(65);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../model.safetensors",
                "/etc/model.safetensors",
                "a/../../model.safetensors",
                "..\\\\model.safetensors",
                "C:model.safetensors",
                "a//b.json",
                "",
                "x\\u0000.json"
            })
    void aNameThatLeadsOutIsRefused(String name) {
        String list = "{\"sha\": \"%s\", \"siblings\": [{\"rfilename\": \"%s\", \"size\": 1, \"blobId\": \"%s\"}]}"
                .formatted(HubStub.COMMIT, name, HubStub.COMMIT);
        hub.plant(HubStub.LIST, HubStub.bytes(list.getBytes(StandardCharsets.UTF_8)));
        pullEndsWith(65);
        assertThat(program.err()).contains("leads out of the folder, or is none");
        assertThat(clip).doesNotExist();
    }

    @Test
    void aListThatIsNoListIsRefused() {
        for (String list : List.of("<html>", "{}", "[]", "{\"sha\": \"x\", \"siblings\": []}", "[".repeat(5000))) {
            hub.plant(HubStub.LIST, HubStub.bytes(list.getBytes(StandardCharsets.UTF_8)));
            pullEndsWith(65);
            assertThat(program.err()).contains("its list of files cannot be used");
        }
    }

    @Test
    void aFileTwiceOrWithoutAHashIsRefused() {
        String file = "{\"rfilename\": \"%s\", \"size\": 1, \"blobId\": \"" + HubStub.COMMIT + "\"}";
        String start = "{\"sha\": \"" + HubStub.COMMIT + "\", \"siblings\": [";
        String twice = start + file.formatted("LICENSE") + "," + file.formatted("license") + "]}";
        String bare = start + "{\"rfilename\": \"LICENSE\", \"size\": 1}]}";
        for (String list : List.of(twice, bare)) {
            hub.plant(HubStub.LIST, HubStub.bytes(list.getBytes(StandardCharsets.UTF_8)));
            pullEndsWith(65);
        }
    }

    @Test
    void onlyPickleIsRefusedWithAWayOut() {
        hub.remove(WEIGHTS);
        pullEndsWith(66);
        assertThat(program.err())
                .contains("has no weights that are read, such as model.safetensors; pytorch_model.bin is pickle")
                .contains("@refs/pr/");
    }

    @Test
    void aModelThatIsNoClipIsRefusedBeforeItsWeights() {
        hub.put("config.json", "{\"model_type\": \"bert\"}");
        pullEndsWith(65);
        assertThat(program.err()).contains("is no CLIP: config.json has model_type bert");
        assertThat(hub.seenPaths()).noneMatch(path -> path.contains(WEIGHTS));
    }

    @Test
    void stoppedInTheMiddleItGoesOnFromThere() {
        hub.plant("storage " + WEIGHTS, hub.cutAfter(WEIGHTS, 5000));
        program.stopAfter("trying again in 1 s");
        pullEndsWith(130);
        assertThat(program.err())
                .contains("stopped; what has arrived is kept. To go on: ./numclip pull hf:owner/clip " + clip);
        hub.forget();

        hub.moveTo("f".repeat(40));
        pullEndsWith(0);
        assertThat(program.out()).contains("at commit " + HubStub.COMMIT);
        assertThat(hub.seenPaths())
                .contains("hub /api/models/owner/clip/revision/" + HubStub.COMMIT)
                .noneMatch(path -> path.contains("tokenizer.json") || path.contains("config.json"));
        assertThat(hub.seen()).anyMatch(request -> request.header("Range").equals("bytes=5000-"));
        theModelIsThere();
    }

    @Test
    void theTokenIsNowhereButInRequestsToTheHub() throws IOException {
        String canary = "hf_canary7f3a91";
        hub.requireToken(canary);
        hub.plant("storage " + WEIGHTS, hub.cutAfter(WEIGHTS, 5000), HubStub.status(503));
        program.with("HF_TOKEN", canary);
        StringBuilder shown = new StringBuilder();
        pullEndsWith(0);
        shown.append(program.out()).append(program.err());
        hub.plant(HubStub.LIST, HubStub.status(403));
        pullEndsWith(77);
        shown.append(program.out()).append(program.err());

        assertThat(shown.toString()).doesNotContain(canary).doesNotContain("secret-of-the-storage");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(canary);
            }
        }
        assertThat(hub.seen())
                .anyMatch(request -> request.header("Authorization").contains(canary));
        assertThat(hub.seen())
                .filteredOn(request -> request.server().equals("storage"))
                .isNotEmpty()
                .allMatch(request -> request.headers().values().stream()
                        .noneMatch(values -> values.toString().contains(canary)));
    }

    @Test
    void theTokenIsNotSentUnencryptedToAnotherMachine() {
        program = new PullProgram(folder, "http://hub.invalid")
                .with("HTTP_PROXY", hub.address())
                .with("HF_TOKEN", "hf_canary");
        hub.redirectTo("http://storage.invalid");
        pullEndsWith(0);
        assertThat(program.err()).contains("the token is not sent: http://hub.invalid is not encrypted");
        assertThat(hub.seen())
                .allMatch(request -> request.header("Authorization").equals("null"));
    }

    @Test
    void aProxyForEncryptedConnectionsIsToldItsPasswordAndNothingElse() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> refuseTunnel(proxy));
            program = new PullProgram(folder, "https://hub.invalid")
                    .with("HTTPS_PROXY", "http://me:secret@127.0.0.1:" + proxy.getLocalPort())
                    .with("HF_TOKEN", "hf_canary");
            pullEndsWith(77);
            assertThat(asked.join())
                    .startsWith("CONNECT hub.invalid:443 HTTP/1.1")
                    .contains("Proxy-Authorization: Basic bWU6c2VjcmV0")
                    .doesNotContain("hf_canary");
        }
        assertThat(program.err())
                .contains("the proxy on the way to hub.invalid wants a name and a password")
                .doesNotContain("secret");
    }

    /** @return what the proxy was asked */
    private static String refuseTunnel(ServerSocket proxy) {
        try (Socket client = proxy.accept()) {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) client.getInputStream().read());
            }
            client.getOutputStream()
                    .write("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().flush();
            return head.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aTokenThatIsNoneIsNotShown() {
        program.with("HF_TOKEN", "hf_canary\nX-Evil: 1");
        pullEndsWith(78);
        assertThat(program.err()).contains("HF_TOKEN: this is not a token").doesNotContain("hf_canary");
    }

    @Test
    void addressesOfTheEnvironmentThatAreNoneAreNotShown() {
        program.with("HF_ENDPOINT", "https://me:canary@hub.invalid")
                .run("hf:owner/clip", clip)
                .isEqualTo(78);
        assertThat(program.err()).contains("HF_ENDPOINT").doesNotContain("canary");
        program.with("HF_ENDPOINT", hub.address())
                .with("HTTPS_PROXY", "socks5://me:canary@proxy.invalid")
                .run("hf:owner/clip", clip)
                .isEqualTo(78);
        assertThat(program.err()).contains("HTTPS_PROXY").doesNotContain("canary");
    }

    @Test
    void aPortThatThereIsNotIsAMistakeOfItsVariable() {
        program.with("HF_ENDPOINT", "http://127.0.0.1:99999")
                .run("hf:owner/clip", clip)
                .isEqualTo(78);
        assertThat(program.err()).contains("HF_ENDPOINT");
        program.with("HF_ENDPOINT", hub.address())
                .with("HTTP_PROXY", "127.0.0.1:65536")
                .run("hf:owner/clip", clip)
                .isEqualTo(78);
        assertThat(program.err()).contains("HTTP_PROXY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"config.json\": null", "\"a\\u0000b\": {\"bytes\": 1, \"sha256\": \"\"}"})
    void aDamagedListOfWhatWasPulledIsRefused(String files) throws IOException {
        Files.writeString(Files.createDirectories(clip).resolve("pulled.json"), """
                {"model": "owner/clip", "revision": "main", "commit": "%s", "endpoint": "x", "files": {%s}}
                """.formatted(HubStub.COMMIT, files));
        pullEndsWith(65);
        assertThat(program.err()).contains("pulled.json: not written by this command");
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
