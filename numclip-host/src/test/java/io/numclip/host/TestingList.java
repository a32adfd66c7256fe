package io.numclip.host;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** A task of a list of 24 images, in splits, with which a training takes a second. */
public final class TestingList {

    private TestingList() {}

    /** Writes the images, {@code labels.csv} and {@code task.yaml} into a folder. */
    public static void write(Path folder) throws IOException {
        StringBuilder list = new StringBuilder("image,value,split\n");
        for (int i = 0; i < 24; i++) {
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            image.setRGB(4, 4, 0x010203 * i);
            ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
            String split = List.of("train", "train", "validation", "test").get(i % 4);
            list.append(i + ".png," + i % 5 + "," + split + "\n");
        }
        Files.writeString(folder.resolve("labels.csv"), list);
        Files.writeString(
                folder.resolve("task.yaml"),
                "task: {type: generic, minimum: 0, maximum: 4, unit: things, data: {format: csv, file: labels.csv}}\n"
                        + "binning: {type: quantile, concepts: [few, some, many]}\n"
                        + "training: {epochs: 1}\n");
    }
}
