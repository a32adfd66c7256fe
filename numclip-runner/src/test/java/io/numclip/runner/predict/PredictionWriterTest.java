package io.numclip.runner.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.clip.ClipPreprocessor;
import io.numclip.data.Prediction;
import io.numclip.host.run.PredictionStream;
import io.numclip.input.ImagePixels;
import io.numclip.input.PixelBatch;
import io.numclip.runner.terminal.ImagePaths;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a predictor made by hand: the value is the brightness of the image's first pixel, 0 to 255. */
class PredictionWriterTest {

    private static final float RED_DEVIATION = 0.26862954f; // of CLIP's preprocessing
    private static final List<String> CONCEPTS = List.of("narrow", "wide, very");
    private static final PredictionWriter.Model MODEL = new PredictionWriter.Model(CONCEPTS, "pixels", null, false);

    @TempDir
    Path folder;

    @Test
    void csvHasAColumnForEachConceptAndOneForTheError() throws IOException {
        Path good = image("good.png", 30);
        Path bad = Files.writeString(folder.resolve("bad.png"), "not an image");
        Path absent = folder.resolve("absent.png");
        StringWriter out = new StringWriter();
        assertThat(write(PredictionWriter.Format.CSV, out, good, bad, absent)).isEqualTo(2);
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).isEqualTo("file,value,narrow,\"wide, very\",error");
        assertThat(lines.get(1)).isEqualTo(good + ",30.0,0.25,0.75,");
        assertThat(lines.get(2)).startsWith(bad + ",,,,").contains("JPEG");
        assertThat(lines.get(3)).isEqualTo(absent + ",,,,there is no such file");
    }

    @Test
    void jsonIsOneArrayWithValueOrError() throws IOException {
        Path good = image("good.png", 12);
        StringWriter out = new StringWriter();
        assertThat(write(PredictionWriter.Format.JSON, out, good, folder.resolve("absent.png")))
                .isEqualTo(1);
        JsonNode rows = new ObjectMapper().readTree(out.toString());
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).get("file").asText()).isEqualTo(good.toString());
        assertThat(rows.get(0).get("value").asDouble()).isEqualTo(12);
        assertThat(rows.get(0).get("concepts").get(1).get("concept").asText()).isEqualTo("wide, very");
        assertThat(rows.get(0).get("concepts").get(1).get("probability").asDouble())
                .isEqualTo(0.75);
        assertThat(rows.get(1).get("error").asText()).isEqualTo("there is no such file");
        assertThat(rows.get(1).has("value")).isFalse();
    }

    @Test
    void textNamesUnitAndLikeliestConcepts() throws IOException {
        StringWriter out = new StringWriter();
        write(PredictionWriter.Format.TEXT, out, image("good.png", 7));
        assertThat(out.toString()).endsWith("good.png  7 pixels  (wide, very 75 %, narrow 25 %)\n");
    }

    @Test
    void aNameThatASpreadsheetWouldRunIsDefused() throws IOException {
        StringWriter out = new StringWriter();
        try (PredictionWriter writer = PredictionWriter.Format.CSV.writer(out, MODEL)) {
            writer.write("=1+1|\u001b[31m.jpg", Prediction.failed("no"));
        }
        assertThat(out.toString()).contains("'=1+1|\\u001b[31m.jpg").doesNotContain("\u001b");
    }

    @Test
    void manyImagesKeepTheirOrder() throws IOException {
        Path[] files = new Path[40];
        for (int i = 0; i < files.length; i++) {
            files[i] = i % 5 == 3 ? folder.resolve("absent" + i) : image("image" + i + ".png", i + 1);
        }
        StringWriter out = new StringWriter();
        assertThat(write(PredictionWriter.Format.CSV, out, files)).isEqualTo(8);
        List<String> lines = out.toString().lines().toList();
        for (int i = 0; i < files.length; i++) {
            assertThat(lines.get(i + 1)).startsWith(files[i] + "," + (i % 5 == 3 ? "" : i + 1));
        }
    }

    @Test
    void foldersGiveTheirImagesInOrder() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        image("b.PNG", 3);
        image("inner/a.png", 3);
        Files.writeString(inner.resolve("notes.txt"), "no image");
        List<String> notices = new ArrayList<>();
        assertThat(ImagePaths.find(List.of(folder), notices::add))
                .containsExactly(folder.resolve("b.PNG"), inner.resolve("a.png"));
        assertThat(notices).isEmpty();
    }

    @Test
    void whatIsNoFileInAFolderIsCountedAndSaid() throws Exception {
        image("a.png", 3);
        Files.createDirectory(folder.resolve("inner.png"));
        Files.createSymbolicLink(folder.resolve("link.png"), folder.resolve("a.png"));
        Files.createSymbolicLink(folder.resolve("dead"), folder.resolve("absent"));
        for (int i = 0; i < 5; i++) {
            Files.createSymbolicLink(folder.resolve("inner.png/dead" + i + ".jpg"), folder.resolve("absent"));
        }
        Files.createSymbolicLink(folder.resolve("others"), folder.resolve("inner.png"));
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe.png").toString())
                        .start()
                        .waitFor())
                .isZero();
        List<String> notices = new ArrayList<>();
        assertThat(ImagePaths.find(List.of(folder), notices::add))
                .containsExactly(folder.resolve("a.png"), folder.resolve("link.png"));
        assertThat(notices)
                .containsExactly(
                        folder + ": left out 7 that are no files (pipes, links that lead nowhere or to a folder):"
                                + " inner.png/dead0.jpg, inner.png/dead1.jpg, inner.png/dead2.jpg, inner.png/dead3.jpg,"
                                + " inner.png/dead4.jpg and 2 more");
    }

    private int write(PredictionWriter.Format format, StringWriter out, Path... files) throws IOException {
        ClipPreprocessor preprocessor = ClipPreprocessor.standard(4);
        List<Path> images = List.of(files);
        ImagePixels pixels = new ImagePixels(preprocessor);
        AtomicInteger failed = new AtomicInteger();
        float black = preprocessor.pixels(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB))[0];
        try (PredictionWriter writer = format.writer(out, MODEL)) {
            new PredictionStream(pixels, batch -> predict(batch, black), 1).run(images.iterator(), (index, found) -> {
                writer.write(images.get(index).toString(), found.get(0));
                failed.addAndGet(found.get(0).isFailed() ? 1 : 0);
            });
        }
        return failed.get();
    }

    private static List<List<Prediction>> predict(PixelBatch batch, float black) {
        int size = batch.indices().isEmpty()
                ? 0
                : batch.pixels().capacity() / batch.indices().size();
        return IntStream.range(0, batch.indices().size())
                .mapToObj(i -> Math.round((batch.pixels().get(i * size) - black) * RED_DEVIATION * 255))
                .map(brightness -> new Prediction(
                        brightness,
                        List.of(new Prediction.Concept("narrow", 0.25), new Prediction.Concept("wide, very", 0.75))))
                .map(List::of)
                .toList();
    }

    private Path image(String name, int brightness) throws IOException {
        BufferedImage image = new BufferedImage(4, 5, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 20; i++) {
            image.setRGB(i % 4, i / 4, brightness * 0x010101);
        }
        File file = folder.resolve(name).toFile();
        ImageIO.write(image, "png", file);
        return file.toPath();
    }
}
