package io.numclip.runner.command;

import static io.numclip.golden.GoldenFigures.CLIP;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.message.ExitCodes;
import io.numclip.runner.terminal.TestingConsole;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.assertj.core.api.AbstractIntegerAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list beside the folder of its images, and a tower that is not to learn. */
class RootAndFrozenEndToEndTest {

    @TempDir
    Path folder;

    private TestingConsole console;
    private String list;
    private String task;

    @BeforeEach
    void start() throws IOException {
        console = TestingConsole.in(folder);
        Path images = Files.createDirectory(folder.resolve("images"));
        StringBuilder rows = new StringBuilder("image,value\n");
        for (int i = 0; i < 40; i++) {
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
            image.getRaster().setSample(i % 8, i / 8, 0, 255);
            ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
            rows.append(i).append(".png,").append(i % 10).append('\n');
        }
        list = Files.writeString(folder.resolve("labels.csv"), rows).toString();
        task = folder.resolve("task.yaml").toString();
    }

    @Test
    void initWritesTheRootAndTrainFreezesTheTower() throws IOException {
        init("--csv", list).isEqualTo(ExitCodes.of(io.numclip.data.NumClipException.Kind.MISSING));
        assertThat(console.err()).contains("set task.data.root to their folder (init: --root)");
        init("--csv", list, "--root", folder.resolve("images").toString()).isZero();
        assertThat(Files.readString(Path.of(task))).contains("root: images");
        String run = folder.resolve("run").toString();
        console.run(
                        "train",
                        task,
                        "--frozen",
                        "--out",
                        run,
                        "--set",
                        "backbone.model=" + CLIP,
                        "--set",
                        "training.epochs=1",
                        "--set",
                        "yardsticks=false")
                .isZero();
        assertThat(Files.readString(Path.of(run, "config.yaml"))).containsPattern("imageEncoder: 0(\\.0)?\\s");
        console.run("train", "--resume", run, "--frozen").isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("it takes no --method, no --frozen");
    }

    @Test
    void aRootThatIsNotThereOrHasNoListIsRefused() {
        init("--csv", list, "--root", folder.resolve("absent").toString())
                .isEqualTo(ExitCodes.of(io.numclip.data.NumClipException.Kind.MISSING));
        assertThat(console.err()).contains("absent: no such folder");
        init("--folder", folder.toString(), "--root", folder.toString()).isEqualTo(ExitCodes.USAGE);
        assertThat(console.err()).contains("goes with --csv alone");
    }

    private AbstractIntegerAssert<?> init(Object... more) {
        return console.run("init", "--no-trial", "--out", task, more);
    }
}
