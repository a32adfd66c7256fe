package io.numclip.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.runner.terminal.TestingConsole;
import io.numclip.storage.AtomicFolder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.assertj.core.api.AbstractIntegerAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainCommandTest {

    @TempDir
    Path folder;

    private TestingConsole console;

    /** With the command of this module. */
    @BeforeEach
    void start() {
        console = TestingConsole.in(folder).with("pretrain", PretrainCommand::new);
    }

    @Test
    void makesAClipThatTheOtherCommandsRead() throws IOException {
        String out = folder.resolve("clip").toString();
        console.run("pretrain", "--out", out, "--tasks", "brightness", "--images", "400", "--batch-size", "8")
                .isZero();
        assertThat(console.err()).contains("step 50 of 50  loss ");
        assertThat(console.out()).contains("Try it: ./numclip train age --set backbone.model=" + out);
        assertThat(Files.readAllLines(folder.resolve("clip/pretraining.csv"))).hasSize(2);
        console.run("report", out).isZero();
        console.run("embed", "--model", out, "--text", "a dark square", "--format", "json")
                .isZero();
        assertThat(console.out()).contains("\"a dark square\"");
        aModelThatIsThereIsLeftAsItIs(folder.resolve("clip"));
    }

    private void aModelThatIsThereIsLeftAsItIs(Path clip) throws IOException {
        byte[] before = Files.readAllBytes(clip.resolve("tokenizer.json"));
        console.run("pretrain", "--out", clip, "--tasks", "brightness", "--images", "64")
                .isEqualTo(73);
        assertThat(console.err()).contains("exists and is not an empty folder", "delete this one");
        assertThat(clip.resolve("tokenizer.json")).hasBinaryContent(before);
        assertThat(clip.resolve(".lock")).doesNotExist();
    }

    @Test
    void goesOnFromAnotherClipWithItsSizes() throws IOException {
        Path first = folder.resolve("first");
        pretrain(first, "--image-width", "64").isZero();
        Path second = folder.resolve("second");
        console.run("pretrain", "--out", second, "--from", first, "--tasks", "brightness", "--images", "64")
                .isZero();
        assertThat(second.resolve("config.json")).hasSameTextualContentAs(first.resolve("config.json"));
        assertThat(second.resolve("model.safetensors")).isNotEmptyFile();
    }

    @Test
    void sizesBesideAnotherClipAreRefused() throws IOException {
        String out = folder.resolve("clip").toString();
        console.run("pretrain", "--out", out, "--from", "embedded", "--vocabulary", "600", "--image-width", "64")
                .isEqualTo(64);
        assertThat(console.err()).contains("--vocabulary", "--image-width", "the CLIP of --from has its own sizes");
    }

    @Test
    void whatCannotBeginIsToldBeforeAnythingIsWritten() throws IOException {
        Path out = folder.resolve("clip");
        pretrain(out, "--from", folder.resolve("none")).isEqualTo(64);
        console.run("pretrain", "--out", out, "--from", "none", "--tasks", "brightness")
                .isEqualTo(66);
        assertThat(console.err()).contains("none: no such directory");
        console.run("pretrain", "--out", out, "--tasks", "brightness", "--image-size", "60")
                .isEqualTo(64);
        assertThat(console.err()).contains("imageSize must be a multiple of patchSize");
        assertThat(out).doesNotExist();
    }

    @Test
    void tooFewImagesAreToldSo() throws IOException {
        String out = folder.resolve("clip").toString();
        console.run("pretrain", "--out", out, "--tasks", "brightness", "--images", "8")
                .isEqualTo(64);
        assertThat(console.err()).contains("images must be at least the batch size; found 8");
    }

    @Test
    void whatWasBrokenOffIsBegunAnew() throws IOException {
        Path clip = Files.createDirectories(folder.resolve("clip"));
        Files.writeString(clip.resolve("pretraining.csv"), "step,images,lo");
        Files.writeString(clip.resolve("tokenizer.json"), "{");
        console.run("pretrain", "--out", clip, "--tasks", "brightness", "--images", "8", "--batch-size", "4")
                .isZero();
        console.run("report", clip).isZero();
    }

    @Test
    void picturesOfAListAreSeenBesideTheSamples() throws IOException {
        Path list = pictures();
        Path clip = folder.resolve("clip");
        pretrain(clip, "--pictures", list, "--drawn", "0.5").isZero();
        assertThat(Files.readString(clip.resolve("tokenizer.json"))).contains("\"gi\"", "ff");
        assertThat(console.err()).doesNotContain("left out");
        console.run("report", clip).isZero();
    }

    @Test
    void aPictureThatIsMissingIsNamed() throws IOException {
        Path list = pictures();
        Files.delete(folder.resolve("0.png"));
        pretrain(folder.resolve("clip"), "--pictures", list, "--drawn", "0");
        assertThat(console.err()).contains("left out: 0.png: ");
    }

    @Test
    void sizesOfTheTowersAreOptions() throws IOException {
        Path clip = folder.resolve("clip");
        pretrain(clip, "--image-width", "64", "--embed-dim", "48").isZero();
        assertThat(Files.readString(clip.resolve("config.json")))
                .containsPattern("\"projection_dim\" ?: 48")
                .containsPattern("\"hidden_size\" ?: 64")
                .containsPattern("\"image_size\" ?: 16");
    }

    @Test
    void whatWasLearnedIsKeptAndTheLogGoesOn() throws IOException {
        Path clip = folder.resolve("clip");
        Path other = folder.resolve("other");
        Object[] last = {"--images", "1200", "--checkpoint", "0"};
        pretrain(other, last).isZero();
        interruptWhenThereIs(clip.resolve("checkpoint/step-0000050"));
        pretrain(clip, last).isNotZero();
        assertThat(console.err()).contains("stopped; what was learned up to the last checkpoint is kept");
        pretrain(clip, last).isZero();
        assertThat(clip.resolve("model.safetensors")).hasSameBinaryContentAs(other.resolve("model.safetensors"));
        assertThat(Files.readAllLines(clip.resolve("pretraining.csv"))).hasSize(7);
    }

    @Test
    void aDamagedCheckpointIsTold() throws IOException {
        Path clip = folder.resolve("clip");
        Object[] longer = {"--images", "1200", "--checkpoint", "0"};
        interruptWhenThereIs(clip.resolve("checkpoint/step-0000050"));
        pretrain(clip, longer).isNotZero();
        for (Path checkpoint : AtomicFolder.list(clip.resolve("checkpoint"))) {
            Files.delete(checkpoint.resolve("optimizer.safetensors"));
        }
        pretrain(clip, longer).isZero();
        assertThat(console.err())
                .contains("warning: " + clip, "this checkpoint is damaged, and the pretraining begins anew");
    }

    @Test
    void aShareThatIsNoneIsRefused() throws IOException {
        pretrain(folder.resolve("clip"), "--drawn", "1.5").isEqualTo(64);
        assertThat(console.err()).contains("--drawn must be from 0 to 1.0; found 1.5");
    }

    /** As Ctrl-C does. */
    private static void interruptWhenThereIs(Path checkpoint) {
        Thread command = Thread.currentThread();
        Thread watcher = new Thread(() -> {
            while (!Files.exists(checkpoint)) {
                Thread.onSpinWait();
            }
            command.interrupt();
        });
        watcher.setDaemon(true);
        watcher.start();
    }

    /** 200 images, 50 steps; small towers. */
    private AbstractIntegerAssert<?> pretrain(Path clip, Object... more) {
        Object[] layers = {"--batch-size", "4", "--image-size", "16", "--image-layers", "1", "--text-layers", "1"};
        Object[] images = List.of(more).contains("--images") ? new Object[0] : new Object[] {"--images", "200"};
        Object[] width = List.of(more).contains("--image-width") ? new Object[0] : new Object[] {"--image-width", "32"};
        return console.run("pretrain", "--out", clip, "--tasks", "brightness", layers, images, width, more);
    }

    private Path pictures() throws IOException {
        StringBuilder list = new StringBuilder("image,caption,heldOut\n");
        for (int i = 0; i < 5; i++) {
            BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB);
            image.setRGB(i, i, 0xffff0000);
            ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
            list.append(i + ".png,giraffe " + "xyz".charAt(i % 3) + ",no\n");
        }
        return Files.writeString(folder.resolve("pictures.csv"), list);
    }
}
