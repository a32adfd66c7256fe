package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** A task of 64 small images whose brightness is the number: {@code task.yaml} and its images in a folder. */
final class SmallTask {

    static final int IMAGES = 64;
    private static final int SIDE = 16;

    private SmallTask() {}

    static void write(Path folder, int epochs) throws IOException {
        Files.createDirectories(folder);
        Random random = new Random(1);
        StringBuilder list = new StringBuilder("image,value,split\n");
        for (int i = 0; i < IMAGES; i++) {
            BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                image.getRaster().setSample(pixel % SIDE, pixel / SIDE, 0, i % 5 * 50 + random.nextInt(20));
            }
            ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
            String split = i % 8 < 5 ? "train" : i % 8 < 7 ? "validation" : "test";
            list.append(i)
                    .append(".png,")
                    .append(i % 5)
                    .append(',')
                    .append(split)
                    .append('\n');
        }
        Files.writeString(folder.resolve("labels.csv"), list);
        Files.writeString(folder.resolve("task.yaml"), """
                task: {type: generic, minimum: 0, maximum: 4, unit: things, data: {format: csv, file: labels.csv}}
                binning: {type: quantile, concepts: [few, some, many]}
                training: {epochs: %d, milestones: [%d], learningRates: {imageEncoder: 0}}
                uncertainty: {calibration: 0}
                """.formatted(epochs, epochs / 2));
    }

    /**
     * Trains a model to serve, in {@code run}.
     *
     * @return the content of one of its images
     */
    static byte[] trained(Program program, Path folder) throws IOException, InterruptedException {
        write(folder.resolve("task"), 2);
        List<String> training = train(folder.resolve("task"), folder.resolve("run"));
        assertThat(program.run(training.toArray(String[]::new)))
                .as(program.err())
                .isZero();
        return Files.readAllBytes(folder.resolve("task/1.png"));
    }

    /** The arguments that train it into a folder, or go on where an earlier training has ended. */
    static List<String> train(Path task, Path run, String... settings) {
        if (Files.exists(run.resolve("config.yaml"))) {
            return List.of("train", "--resume", run.toString(), "--quiet");
        }
        List<String> command = new ArrayList<>(
                List.of("train", task.resolve("task.yaml").toString(), "--out", run.toString(), "--quiet"));
        for (String setting : settings) {
            command.addAll(List.of("--set", setting));
        }
        return command;
    }
}
