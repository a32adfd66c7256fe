package io.numclip.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.TestingCatalog;
import io.numclip.storage.AtomicFolder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainCommandTest {

    @TempDir
    Path folder;

    @Test
    void makesAClipThatTheOtherCommandsRead() throws IOException {
        TestingProgram console = new TestingProgram(TestingCatalog.create(folder), folder);
        String out = folder.resolve("clip").toString();
        assertThat(console.run(
                        "pretrain", "--out", out, "--tasks", "brightness", "--images", "400", "--batch-size", "8"))
                .as(console.err())
                .isZero();
        assertThat(console.err()).contains("step 50 of 50  loss ");
        assertThat(console.out()).contains("Try it: ./numclip train age --set backbone.model=" + out);
        assertThat(Files.readAllLines(folder.resolve("clip/pretraining.csv"))).hasSize(2);
        assertThat(console.run("inspect", out)).as(console.err()).isZero();
        assertThat(console.run("embed", "--model", out, "--text", "a dark square", "--format", "json"))
                .as(console.err())
                .isZero();
        assertThat(console.out()).contains("\"a dark square\"");
        aModelThatIsThereIsLeftAsItIs(console, folder.resolve("clip"));
    }

    private static void aModelThatIsThereIsLeftAsItIs(TestingProgram console, Path clip) throws IOException {
        byte[] before = Files.readAllBytes(clip.resolve("tokenizer.json"));
        assertThat(console.run("pretrain", "--out", clip.toString(), "--tasks", "brightness", "--images", "64"))
                .isEqualTo(73);
        assertThat(console.err()).contains("exists and is not an empty folder", "delete this one");
        assertThat(clip.resolve("tokenizer.json")).hasBinaryContent(before);
        assertThat(clip.resolve(".lock")).doesNotExist();
    }

    @Test
    void goesOnFromAnotherClipWithItsSizes() throws IOException {
        TestingProgram console = new TestingProgram(TestingCatalog.create(folder), folder);
        Path first = folder.resolve("first");
        assertThat(console.run(command(first, "--image-width", "64")))
                .as(console.err())
                .isZero();
        Path second = folder.resolve("second");
        String[] goingOn = {
            "pretrain",
            "--out",
            second.toString(),
            "--from",
            first.toString(),
            "--tasks",
            "brightness",
            "--images",
            "64"
        };
        assertThat(console.run(goingOn)).as(console.err()).isZero();
        assertThat(second.resolve("config.json")).hasSameTextualContentAs(first.resolve("config.json"));
        assertThat(second.resolve("model.safetensors")).isNotEmptyFile();
    }

    @Test
    void sizesBesideAnotherClipAreRefused() throws IOException {
        TestingProgram console = new TestingProgram(TestingCatalog.create(folder), folder);
        String out = folder.resolve("clip").toString();
        assertThat(console.run(
                        "pretrain", "--out", out, "--from", "embedded", "--vocabulary", "600", "--image-width", "64"))
                .isEqualTo(64);
        assertThat(console.err()).contains("--vocabulary", "--image-width", "the CLIP of --from has its own sizes");
    }

    @Test
    void whatCannotBeginIsToldBeforeAnythingIsWritten() throws IOException {
        TestingProgram console = new TestingProgram(TestingCatalog.create(folder), folder);
        Path out = folder.resolve("clip");
        assertThat(console.run(command(out, "--from", folder.resolve("none").toString())))
                .isEqualTo(64);
        assertThat(console.run("pretrain", "--out", out.toString(), "--from", "none", "--tasks", "brightness"))
                .isEqualTo(66);
        assertThat(console.err()).contains("none: no such directory");
        assertThat(console.run("pretrain", "--out", out.toString(), "--tasks", "brightness", "--image-size", "60"))
                .isEqualTo(64);
        assertThat(console.err()).contains("imageSize must be a multiple of patchSize");
        assertThat(out).doesNotExist();
    }

    @Test
    void tooFewImagesAreToldSo() throws IOException {
        TestingProgram console = new TestingProgram(TestingCatalog.create(folder), folder);
        String out = folder.resolve("clip").toString();
        assertThat(console.run("pretrain", "--out", out, "--tasks", "brightness", "--images", "8"))
                .isEqualTo(64);
        assertThat(console.err()).contains("images must be at least the batch size; found 8");
    }

    @Test
    void whatWasBrokenOffIsBegunAnew() throws IOException {
        TestingProgram console = new TestingProgram(TestingCatalog.create(folder), folder);
        Path clip = Files.createDirectories(folder.resolve("clip"));
        Files.writeString(clip.resolve("pretraining.csv"), "step,images,lo");
        Files.writeString(clip.resolve("tokenizer.json"), "{");
        String[] command = {
            "pretrain", "--out", clip.toString(), "--tasks", "brightness", "--images", "8", "--batch-size", "4"
        };
        assertThat(console.run(command)).as(console.err()).isZero();
        assertThat(console.run("inspect", clip.toString())).as(console.err()).isZero();
    }

    @Test
    void picturesOfAListAreSeenBesideTheSamples() throws IOException {
        TestingProgram console = new TestingProgram(TestingCatalog.create(folder), folder);
        Path list = pictures();
        Path clip = folder.resolve("clip");
        assertThat(console.run(command(clip, "--pictures", list.toString(), "--drawn", "0.5")))
                .as(console.err())
                .isZero();
        assertThat(Files.readString(clip.resolve("tokenizer.json"))).contains("\"gi\"", "ff");
        assertThat(console.err()).doesNotContain("left out");
        assertThat(console.run("inspect", clip.toString())).as(console.err()).isZero();
    }

    @Test
    void aPictureThatIsMissingIsNamed() throws IOException {
        TestingProgram console = new TestingProgram(TestingCatalog.create(folder), folder);
        Path list = pictures();
        Files.delete(folder.resolve("0.png"));
        console.run(command(folder.resolve("clip"), "--pictures", list.toString(), "--drawn", "0"));
        assertThat(console.err()).contains("left out: 0.png: ");
    }

    @Test
    void sizesOfTheTowersAreOptions() throws IOException {
        TestingProgram console = new TestingProgram(TestingCatalog.create(folder), folder);
        Path clip = folder.resolve("clip");
        assertThat(console.run(command(clip, "--image-width", "64", "--embed-dim", "48")))
                .as(console.err())
                .isZero();
        assertThat(Files.readString(clip.resolve("config.json")))
                .containsPattern("\"projection_dim\" ?: 48")
                .containsPattern("\"hidden_size\" ?: 64")
                .containsPattern("\"image_size\" ?: 16");
    }

    @Test
    void whatWasLearnedIsKeptAndTheLogGoesOn() throws IOException {
        TestingProgram console = new TestingProgram(TestingCatalog.create(folder), folder);
        Path clip = folder.resolve("clip");
        Path other = folder.resolve("other");
        String[] last = {"--images", "1200", "--checkpoint", "0"};
        assertThat(console.run(command(other, last))).as(console.err()).isZero();
        interruptWhenThereIs(clip.resolve("checkpoint/step-0000050"));
        assertThat(console.run(command(clip, last))).as(console.err()).isNotZero();
        assertThat(console.err()).contains("stopped; what was learned up to the last checkpoint is kept");
        assertThat(console.run(command(clip, last))).as(console.err()).isZero();
        assertThat(clip.resolve("model.safetensors")).hasSameBinaryContentAs(other.resolve("model.safetensors"));
        assertThat(Files.readAllLines(clip.resolve("pretraining.csv"))).hasSize(7);
    }

    @Test
    void aDamagedCheckpointIsTold() throws IOException {
        TestingProgram console = new TestingProgram(TestingCatalog.create(folder), folder);
        Path clip = folder.resolve("clip");
        String[] command = command(clip, "--images", "1200", "--checkpoint", "0");
        interruptWhenThereIs(clip.resolve("checkpoint/step-0000050"));
        assertThat(console.run(command)).as(console.err()).isNotZero();
        for (Path checkpoint : AtomicFolder.list(clip.resolve("checkpoint"))) {
            Files.delete(checkpoint.resolve("optimizer.safetensors"));
        }
        assertThat(console.run(command)).as(console.err()).isZero();
        assertThat(console.err())
                .contains("warning: " + clip, "this checkpoint is damaged, and the pretraining begins anew");
    }

    @Test
    void aShareThatIsNoneIsRefused() throws IOException {
        TestingProgram console = new TestingProgram(TestingCatalog.create(folder), folder);
        assertThat(console.run(command(folder.resolve("clip"), "--drawn", "1.5")))
                .isEqualTo(64);
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
    private static String[] command(Path clip, String... more) {
        List<String> all = new ArrayList<>(
                List.of("pretrain", "--out", clip.toString(), "--tasks", "brightness", "--batch-size", "4"));
        all.addAll(List.of("--image-size", "16", "--image-layers", "1", "--text-layers", "1"));
        if (!List.of(more).contains("--images")) {
            all.addAll(List.of("--images", "200"));
        }
        if (!List.of(more).contains("--image-width")) {
            all.addAll(List.of("--image-width", "32"));
        }
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
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
