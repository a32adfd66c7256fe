package io.numclip.runner.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.runner.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program is killed again and again while it downloads: it goes on where it was, and ends with what the hub has. */
@Tag("ci")
class KilledPullTest {

    private static final String WEIGHTS = "model.safetensors";

    @TempDir
    Path folder;

    private final HubStub hub = HubStub.withClip();

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void whatWasKilledGoesOnWhereItWas() throws Exception {
        Path clip = folder.resolve("clip");
        killedWhen(() -> Files.exists(clip.resolve("pulled.json")));
        killedWhen(() -> Files.exists(clip.resolve("config.json")));
        for (int arrived : List.of(5_000, 20_000, 60_000)) {
            int before = arrived == 5_000 ? 0 : arrived == 20_000 ? 5_000 : 20_000;
            hub.plant("storage " + WEIGHTS, hub.cutAfter(WEIGHTS, arrived - before));
            assertThat(killedWhen(() -> length(clip.resolve(".pull/" + WEIGHTS + ".part")) == arrived))
                    .isTrue();
            assertThat(clip.resolve(WEIGHTS)).doesNotExist();
        }
        hub.forget();

        Process last = start();
        assertThat(last.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(last.exitValue()).as(err()).isZero();

        assertThat(hub.seen()).anyMatch(request -> request.header("Range").equals("bytes=60000-"));
        assertThat(hub.seenPaths()).noneMatch(path -> path.endsWith("/config.json"));
        for (String name : List.of("config.json", "preprocessor_config.json", "tokenizer.json", WEIGHTS)) {
            assertThat(clip.resolve(name)).hasBinaryContent(hub.content(name));
        }
        assertThat(clip.resolve(".pull")).doesNotExist();
        assertThat(clip.resolve(".lock")).doesNotExist();
    }

    /** @return whether it was killed before its end */
    private boolean killedWhen(BooleanSupplier moment) throws IOException, InterruptedException {
        Process process = start();
        while (process.isAlive() && !moment.getAsBoolean()) {
            Thread.sleep(1);
        }
        boolean inTheMiddle = process.isAlive();
        process.destroyForcibly().waitFor();
        return inTheMiddle;
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException notYet) {
            return -1;
        }
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dguice_bytecode_gen_option=DISABLED",
                "-Dnumclip.cache=" + folder.resolve("cache"),
                "-Dnumclip.plugins=" + folder.resolve("plugins"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "pull",
                "hf:" + HubStub.MODEL,
                folder.resolve("clip").toString());
        for (String proxy : List.of("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HF_TOKEN")) {
            builder.environment().remove(proxy);
        }
        builder.environment().put("HF_ENDPOINT", hub.address());
        return builder.redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }
}
