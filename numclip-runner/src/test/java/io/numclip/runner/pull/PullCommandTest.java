package io.numclip.runner.pull;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads that go well, from a hub on this machine. */
class PullCommandTest {

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

    @Test
    void aModelDirectoryIsWhatTheHubHasOfIt() throws IOException {
        program.run("hf:owner/clip", clip).isZero();

        List<String> taken =
                List.of("README.md", "config.json", "model.safetensors", "preprocessor_config.json", "tokenizer.json");
        for (String name : taken) {
            assertThat(clip.resolve(name)).hasBinaryContent(hub.content(name));
        }
        assertThat(names(clip))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(taken.stream(), Stream.of("pulled.json")).toList());
        assertThat(program.out())
                .contains("hf:owner/clip at commit " + HubStub.COMMIT + ", from " + hub.address())
                .containsPattern("model\\.safetensors +80\\.0 kB")
                .containsPattern("pytorch_model\\.bin +6 bytes +pickle, which can run code and is never read")
                .containsPattern("flax_model\\.msgpack +4 bytes +weights for other programs")
                .containsPattern("subfolders, 1 file +4 bytes +not part of a model directory")
                .contains("5 files, 80.0 kB, each verified");
        assertThat(program.err()).contains("model.safetensors: 80.0 kB, verified");
    }

    @Test
    void whereItIsFromIsWrittenDown() throws IOException {
        program.run("hf:owner/clip", clip);

        JsonNode pulled =
                new ObjectMapper().readTree(clip.resolve("pulled.json").toFile());
        assertThat(pulled.path("model").asText()).isEqualTo("owner/clip");
        assertThat(pulled.path("revision").asText()).isEqualTo("main");
        assertThat(pulled.path("commit").asText()).isEqualTo(HubStub.COMMIT);
        assertThat(pulled.path("endpoint").asText()).isEqualTo(hub.address());
        for (String name : List.of("config.json", "model.safetensors")) {
            assertThat(pulled.path("files").path(name).path("sha256").asText())
                    .isEqualTo(HubStub.sha256(hub.content(name)));
        }
    }

    @Test
    void nameAndPageAndCommitAreUnderstoodAlike() {
        program.run("owner/clip", folder.resolve("a")).isZero();
        program.run(hub.address() + "/owner/clip/tree/main", folder.resolve("b"))
                .isZero();
        program.run("hf:owner/clip@" + HubStub.COMMIT, folder.resolve("c")).isZero();
        assertThat(hub.seenPaths())
                .contains("hub /api/models/owner/clip/revision/main")
                .contains("hub /api/models/owner/clip/revision/" + HubStub.COMMIT);
    }

    @Test
    void ofACompleteFolderOnlyTheListIsAsked() {
        program.run("hf:owner/clip", clip);
        hub.forget();

        program.run("hf:owner/clip", clip).isZero();
        assertThat(hub.seenPaths()).containsExactly("hub /api/models/owner/clip/revision/main");
        assertThat(program.err()).contains("has all files of hf:owner/clip").contains("nothing was downloaded");
    }

    @Test
    void ofACompleteFolderAndACommitNothingIsAsked() {
        program.run("hf:owner/clip", clip);
        hub.forget();

        program.run("hf:owner/clip@" + HubStub.COMMIT, clip).isZero();
        assertThat(hub.seen()).isEmpty();
        assertThat(program.err()).contains("nothing was asked of");
    }

    @Test
    void aFileThatWasChangedIsFetchedAnew() throws IOException {
        program.run("hf:owner/clip", clip);
        Files.writeString(clip.resolve("tokenizer.json"), "{\"vocab\": []}");
        Files.delete(clip.resolve("README.md"));
        hub.forget();

        program.run("hf:owner/clip@" + HubStub.COMMIT, clip).isZero();
        assertThat(program.err())
                .contains("tokenizer.json: expected the SHA-1 of git")
                .contains("fetched anew");
        assertThat(clip.resolve("tokenizer.json")).hasBinaryContent(hub.content("tokenizer.json"));
        assertThat(clip.resolve("README.md")).hasBinaryContent(hub.content("README.md"));
        assertThat(hub.seenPaths()).noneMatch(path -> path.contains("model.safetensors"));
    }

    @Test
    void aBranchThatHasMovedIsNotMixedIn() {
        program.run("hf:owner/clip", clip);
        hub.moveTo("f".repeat(40));

        program.run("hf:owner/clip", clip).isEqualTo(73);
        assertThat(program.err())
                .contains("holds commit 0123456789ab of hf:owner/clip; main is ffffffffffff now")
                .contains("to check this one: ./numclip pull hf:owner/clip@" + HubStub.COMMIT);
    }

    @Test
    void aFolderWithSomethingElseIsRefusedAndLeftAsItIs() throws IOException {
        Files.writeString(Files.createDirectories(clip).resolve("mine.txt"), "mine");

        program.run("hf:owner/clip", clip).isEqualTo(73);
        assertThat(program.err()).contains("holds something else").contains("nothing is written over");
        assertThat(names(clip)).containsExactly("mine.txt");
        assertThat(hub.seen()).isEmpty();
    }

    @Test
    void aFolderWithAnotherModelIsRefused() {
        program.run("hf:owner/clip", clip);

        program.run("hf:owner/other", clip).isEqualTo(73);
        assertThat(program.err()).contains("holds hf:owner/clip, not hf:owner/other");
    }

    @Test
    void withTheConfigurationOfAnotherLibraryTheWeightsOfOpenClipAreTaken() throws IOException {
        hub.put("open_clip_config.json", "{}");
        hub.put("open_clip_model.safetensors", "open");
        hub.put("config.json", "{\"model_type\": \"timm\"}");

        program.run("hf:owner/clip", clip).isZero();
        assertThat(names(clip)).contains("open_clip_model.safetensors").doesNotContain("model.safetensors");
        assertThat(program.out())
                .containsPattern(
                        "model\\.safetensors +80\\.0 kB +other weights; open_clip_model\\.safetensors is taken");
    }

    @Test
    void spaceIsLookedAtBeforehand() throws IOException {
        program.free(1000).run("hf:owner/clip", clip).isEqualTo(74);
        assertThat(program.err()).contains("80.0 kB are still to come, and 1.0 kB are free");
        assertThat(hub.seenPaths()).noneMatch(path -> path.contains("model.safetensors"));

        program.free(Long.MAX_VALUE).run("hf:owner/clip", clip).isZero();
    }

    @Test
    void aTokenOpensAGatedModel() throws IOException {
        hub.requireToken("hf_secret");
        program.with("HF_TOKEN", "hf_secret").run("hf:owner/clip", clip).isZero();

        Path file = Files.writeString(folder.resolve("token"), "hf_secret\n");
        program.with("HF_TOKEN", "")
                .with("HF_TOKEN_PATH", file.toString())
                .run("owner/clip", folder.resolve("b"))
                .isZero();
    }

    @Test
    void requestsGoThroughTheProxyOfTheEnvironment() {
        hub.redirectTo("http://storage.invalid");
        program = new PullProgram(folder, "http://hub.invalid")
                .with("HTTP_PROXY", hub.address().replace("http://", "http://me:s%40cret@"));

        program.run("hf:owner/clip", clip).isZero();
        assertThat(hub.seen())
                .allMatch(request -> request.header("Proxy-Authorization").equals("Basic bWU6c0BjcmV0"));
        assertThat(hub.seen()).anyMatch(request -> request.header("Host").equals("storage.invalid"));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
