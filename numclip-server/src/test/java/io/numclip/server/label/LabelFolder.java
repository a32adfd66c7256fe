package io.numclip.server.label;

import io.numclip.data.LabelScale;
import io.numclip.host.label.AnswerFile;
import io.numclip.host.label.AskedScale;
import io.numclip.host.label.AskedScale.Concept;
import io.numclip.host.label.LabelImages;
import io.numclip.host.label.Labelling;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Squares from green to red in a folder, to be labelled with their days. */
public final class LabelFolder implements AutoCloseable {

    static final int COUNT = 30;

    private final Path folder;
    private AnswerFile file;
    private LabelServer server;

    /** Begins, or goes on. */
    public LabelFolder(Path folder, String person) throws IOException {
        this.folder = folder;
        if (!Files.exists(folder.resolve("fruit"))) {
            Files.createDirectory(folder.resolve("fruit"));
            for (int i = 0; i < COUNT; i++) {
                ImageIO.write(
                        square(i),
                        "png",
                        folder.resolve("fruit").resolve(name(i)).toFile());
            }
            AnswerFile.create(
                    answers(), new AnswerFile.About(1, "fruit", "unripe=0, ripe=4, overripe=8", "days", null));
        }
        open(person);
    }

    private void open(String person) throws IOException {
        file = AnswerFile.open(answers());
        List<Concept> concepts = List.of(new Concept("unripe", 0), new Concept("ripe", 4), new Concept("overripe", 8));
        LabelImages images = new LabelImages(
                IntStream.range(0, COUNT).mapToObj(LabelFolder::name).toList(),
                IntStream.range(0, COUNT).mapToObj(LabelFolder::feature).toArray(float[][]::new),
                new double[COUNT]);
        Labelling labelling = new Labelling(
                file,
                list(),
                images,
                new AskedScale(new LabelScale(0, 8, "days"), concepts),
                person,
                Clock.systemUTC());
        server = LabelServer.start(labelling, folder.resolve("fruit"), 0);
    }

    private static float[] feature(int image) {
        double angle = 1.5 * image / COUNT;
        return new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
    }

    static String name(int image) {
        return "fruit-" + image + ".png";
    }

    private static BufferedImage square(int image) {
        BufferedImage square = new BufferedImage(240, 200, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = square.createGraphics();
        graphics.setColor(new Color(8 * image, 240 - 8 * image, 60));
        graphics.fillRect(40, 30, 160, 140);
        graphics.dispose();
        return square;
    }

    public Path list() {
        return folder.resolve("labels.csv");
    }

    public Path answers() {
        return AnswerFile.beside(list());
    }

    public String address() {
        return server.address();
    }

    @Override
    public void close() throws IOException {
        server.close();
        file.close();
    }
}
