package io.numclip.spark;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.numclip.host.TestingCatalog;
import io.numclip.host.message.Console;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.runner.predict.PredictCommand;
import io.numclip.runner.terminal.Services;
import io.numclip.runner.train.TrainCommand;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import picocli.CommandLine;

/** A quickly trained, calibrated model over the embedded CLIP, and what the program itself predicts with it. */
public final class TestingRun {

    private final Path folder;
    private final Services services;
    private final StringWriter output = new StringWriter();

    public TestingRun(Path folder) {
        this.folder = folder;
        Path none = folder.resolve("no-plugins");
        this.services =
                new Services(new Console(output, output, false), new PluginFolders(none), TestingCatalog.create(none));
    }

    public Path path() {
        return folder.resolve("run");
    }

    public TestingRun train(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "brightness",
                "--out",
                path().toString(),
                "--set",
                "training.epochs=1",
                "--set",
                "task.data.samples={train: 64, validation: 64, test: 16}",
                "--quiet"));
        arguments.addAll(List.of(more));
        execute(0, new TrainCommand(services), arguments.toArray(String[]::new));
        return this;
    }

    /** The rows of {@code numclip predict}, by the name of the file. */
    public Map<String, NamedCsvRecord> predicted(Path images) throws IOException {
        Path csv = folder.resolve("predicted.csv");
        Files.deleteIfExists(csv);
        Files.deleteIfExists(folder.resolve("predicted.csv.state"));
        execute(1, new PredictCommand(services), path().toString(), images.toString(), "--out", csv.toString());
        Map<String, NamedCsvRecord> rows = new LinkedHashMap<>();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(csv)) {
            reader.forEach(
                    row -> rows.put(String.valueOf(Path.of(row.getField("file")).getFileName()), row));
        }
        return rows;
    }

    /** @param most the exit code at most: 1 where images may fail */
    private void execute(int most, Callable<Integer> command, String... arguments) {
        CommandLine line = new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(services.failures());
        assertThat(line.execute(arguments)).as("%s", output).isBetween(0, most);
    }

    /** Pictures of different sizes, a broken one and one that is too large. */
    public static Path images(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < count; i++) {
            ImageIO.write(
                    picture(i),
                    i % 2 == 0 ? "png" : "jpg",
                    folder.resolve(name(i) + (i % 2 == 0 ? ".png" : ".jpg")).toFile());
        }
        Files.writeString(folder.resolve("broken.jpg"), "no image");
        try (RandomAccessFile large =
                new RandomAccessFile(folder.resolve("large.png").toFile(), "rw")) {
            large.setLength(200L << 20);
        }
        return folder;
    }

    /** One has what a URI would write otherwise. */
    private static String name(int i) {
        return i == 2 ? "img 2%20+é" : "img" + i;
    }

    static BufferedImage picture(int seed) {
        BufferedImage image = new BufferedImage(30 + seed % 40, 40, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(seed);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < 6; i++) {
            graphics.setColor(new Color(random.nextInt(1 << 24)));
            graphics.fillRect(random.nextInt(30), random.nextInt(30), 20, 20);
        }
        graphics.dispose();
        return image;
    }
}
