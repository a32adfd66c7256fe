package io.numclip.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.numclip.host.message.Console;
import io.numclip.spark.TestingRun;
import io.numclip.spark.TestingSpark;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Whatever images lie in, and however often a job was broken off: each image once, with the row of the program. */
@Tag("ci")
class ImageJobTest {

    private static final int IMAGES = 25;

    @TempDir
    private static Path folder;

    private static SparkSession spark;
    private static TestingRun run;
    private static Path images;
    private static Map<String, NamedCsvRecord> expected;

    private final StringWriter said = new StringWriter();
    private Path out;

    @BeforeAll
    static void start() throws IOException {
        run = new TestingRun(folder).train();
        images = TestingRun.images(folder.resolve("images"), IMAGES);
        expected = run.predicted(images);
        spark = TestingSpark.start("local[2]", folder);
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @BeforeEach
    void output(TestInfo test) {
        out = folder.resolve(test.getTestMethod().orElseThrow().getName());
    }

    private int job(String... arguments) {
        return Main.run(new Console(said, said, false), arguments);
    }

    private int score(Path input, String... more) {
        String[] all = Stream.concat(
                        Stream.of(
                                "score",
                                "--model",
                                run.path().toString(),
                                "--input",
                                input.toString(),
                                "--output",
                                out.toString()),
                        Stream.of(more))
                .toArray(String[]::new);
        return job(all);
    }

    @Test
    void imagesInFilesOfTheirOwn() {
        assertThat(score(images)).as("%s", said).isZero();
        check(IMAGES + 2);
        assertThat(said.toString())
                .contains("chunk 1: 27 images, 2 without a result")
                .contains("27 images in ")
                .contains("2 without a result; 0 files were done before");
    }

    @Test
    void imagesInTheFoldersOfAFolderAreFoundAndWhatIsHiddenIsNot() throws IOException {
        Path picture = images.resolve("img0.png");
        Path nested = folder.resolve("nested");
        for (String name : List.of("a/b/img0.png", "a/_temporary/img0.png", "a/.img0.png", "a/notes.txt")) {
            Files.createDirectories(nested.resolve(name).getParent());
            Files.copy(picture, nested.resolve(name));
        }
        score(nested);
        assertThat(rows())
                .extracting(row -> row.<String>getAs("path"))
                .containsExactly("file:" + nested + "/a/b/img0.png");
        assertThat(said.toString())
                .contains("passed over 1 files of another kind")
                .doesNotContain("is --format");
    }

    @Test
    void whereNothingIsOfTheFormatItIsAskedWhetherItIsMeant() {
        assertThat(score(images, "--format", "parquet")).as("%s", said).isZero();
        assertThat(said.toString())
                .contains(
                        "0 images in",
                        "of another kind, and found none of this one: is --format parquet what you mean?");
    }

    @Test
    void imagesInParquet() {
        Path packed = folder.resolve("packed");
        assertThat(job("pack", "--input", images.toString(), "--output", packed.toString(), "--chunk", "20"))
                .isZero();
        assertThat(score(packed.resolve("rows"), "--format", "parquet"))
                .as("%s", said)
                .isZero();
        check(IMAGES + 2);
    }

    /** Whoever wrote it may have chosen other types of numbers and times. */
    @Test
    void imagesInParquetOfSomebodyElse() {
        Path others = folder.resolve("others");
        spark.read()
                .format("binaryFile")
                .load(images.resolve("img*").toString())
                .selectExpr(
                        "hash(path) AS path",
                        "CAST(length AS INT) AS length",
                        "CAST(modificationTime AS TIMESTAMP_NTZ) AS modificationTime",
                        "content")
                .write()
                .parquet(others.toString());
        assertThat(score(others, "--format", "parquet")).as("%s", said).isZero();
        assertThat(rows()).hasSize(IMAGES).allSatisfy(row -> {
            assertThat(row.<String>getAs("path")).containsPattern("^-?[0-9]+$");
            assertThat(row.<Long>getAs("length")).isPositive();
            assertThat(row.<Timestamp>getAs("modificationTime")).isNotNull();
            assertThat(row.<String>getAs("error")).isNull();
        });
    }

    @Test
    void regionsOfPicturesInParquet() throws IOException {
        Path cut = TestingRun.images(folder.resolve("cut"), 0);
        BufferedImage picture = ImageIO.read(images.resolve("img0.png").toFile());
        ImageIO.write(
                picture.getSubimage(3, 4, 20, 30), "png", cut.resolve("3.png").toFile());
        ImageIO.write(
                picture.getSubimage(0, 0, 10, 10), "png", cut.resolve("0.png").toFile());
        ImageIO.write(picture, "png", cut.resolve("whole.png").toFile());
        Map<String, NamedCsvRecord> program = run.predicted(cut);
        String path = images.resolve("img0.png").toUri().toString();
        Path list = folder.resolve("list");
        spark.sql("SELECT * FROM VALUES ('" + path + "', 3, 4, 20, 30), ('" + path + "', 0, 0, 10, 10), ('" + path
                        + "', NULL, NULL, NULL, NULL), ('" + path + "', 25, 0, 10, 10)"
                        + " AS regions(path, left, top, width, height)")
                .write()
                .parquet(list.toString());

        assertThat(score(list, "--format", "parquet")).as("%s", said).isZero();
        checkRegions(program);

        Path packed = folder.resolve("packed-regions");
        assertThat(job("pack", "--input", list.toString(), "--output", packed.toString(), "--format", "parquet"))
                .isZero();
        FileUtil.fullyDelete(out.toFile());
        assertThat(score(packed.resolve("rows"), "--format", "parquet"))
                .as("%s", said)
                .isZero();
        checkRegions(program);
    }

    private void checkRegions(Map<String, NamedCsvRecord> program) {
        List<Row> rows = rows();
        assertThat(rows).hasSize(4);
        for (Row row : rows) {
            Integer left = row.getAs("left");
            if (left != null && left == 25) {
                assertThat(row.<String>getAs("error"))
                        .isEqualTo(
                                "left + width is 35, outside the upright picture of 30 x 40 pixels; give a region that"
                                        + " lies in it");
            } else {
                NamedCsvRecord expectedRow = program.get(left == null ? "whole.png" : left + ".png");
                assertThat(row.<Double>getAs("value"))
                        .isEqualTo(Double.parseDouble(expectedRow.getField("value")), within(1e-6));
                assertThat(row.<Integer>getAs("width")).isEqualTo(left == null ? null : left == 3 ? 20 : 10);
            }
        }
    }

    @Test
    void imagesInTarsOneOfWhichEndsEarly() throws IOException {
        Path tars = Files.createDirectories(folder.resolve("tars"));
        List<Path> files = files(images);
        tar(tars.resolve("a.tar"), files.subList(0, 15));
        tar(tars.resolve("b.tar"), files.subList(15, files.size()));
        byte[] whole = Files.readAllBytes(tars.resolve("a.tar"));
        Files.write(tars.resolve("c.tar"), Arrays.copyOf(whole, 700)); // within a header
        Files.write(tars.resolve("d.tar"), Arrays.copyOf(whole, 2_100)); // within an image
        assertThat(score(tars, "--format", "tar")).as("%s", said).isZero();
        List<Row> damaged = rows().stream()
                .filter(row -> row.<String>getAs("path").matches(".*[cd]\\.tar"))
                .toList();
        assertThat(damaged).hasSize(2);
        assertThat(damaged)
                .allSatisfy(row -> assertThat(row.<String>getAs("error")).startsWith("the tar is damaged: "));
        check(
                rows().stream()
                        .filter(row -> row.<String>getAs("path").matches(".*[ab]\\.tar/.*"))
                        .toList(),
                IMAGES + 2);
    }

    /** A driver that is killed leaves rows without inputs, and what it was writing. */
    @Test
    void aJobThatWasBrokenOffGoesOn() throws IOException {
        score(images, "--chunk", "10");
        check(IMAGES + 2);
        Path lost = files(out.resolve("inputs")).get(1);
        FileUtil.fullyDelete(lost.toFile());
        Path kept = files(out.resolve("inputs")).get(0);
        Files.createDirectories(out.resolve("_writing/chunk=9/rows"));
        score(images, "--chunk", "20");
        check(IMAGES + 2);
        assertThat(said.toString()).contains("10 images in ").contains("17 files were done before");
        assertThat(out.resolve("rows").resolve(lost.getFileName())).doesNotExist();
        assertThat(out.resolve("rows").resolve(kept.getFileName())).exists();
        assertThat(files(out))
                .extracting(file -> file.getFileName().toString())
                .containsOnly("_writing", "inputs", "rows");
        score(images);
        assertThat(said.toString()).contains("0 images in ").contains("27 files were done before");
    }

    @Test
    void anotherPrecisionGivesOtherRows() throws IOException {
        Path copies = TestingRun.images(folder.resolve("copies"), 3);
        score(copies, "--precision", "fp32");
        score(copies, "--precision", "int8");
        assertThat(said.toString()).contains("5 images in ").contains("0 files were done before");
        assertThat(rows())
                .extracting(row -> row.<String>getAs("precision"))
                .containsOnly("fp32", "int8")
                .hasSize(10);
        score(copies, "--precision", "fp32");
        assertThat(said.toString()).contains("0 images in ").contains("5 files were done before");
    }

    @Test
    void anImageThatWasChangedIsScoredAgain() throws IOException {
        Path copies = TestingRun.images(folder.resolve("copies"), 3);
        score(copies);
        Files.copy(copies.resolve("img1.jpg"), copies.resolve("img0.png"), StandardCopyOption.REPLACE_EXISTING);
        score(copies);
        assertThat(rows()).hasSize(6);
        assertThat(said.toString()).contains("1 images in ").contains("4 files were done before");
    }

    @Test
    void withSkipABadImageHasNoRowAndIsNotTriedAgain() {
        assertThat(score(images, "--errors", "skip")).isZero();
        assertThat(rows()).hasSize(IMAGES);
        assertThat(said.toString()).contains("27 images in ").contains("; 2 without a result; ");
        score(images, "--errors", "skip");
        assertThat(said.toString()).contains("27 files were done before");
    }

    @Test
    void withFailTheJobEndsAndKeepsNoChunkWithABadImage() throws IOException {
        assertThat(score(images, "--errors", "fail")).isEqualTo(65);
        assertThat(said.toString())
                .containsPattern("error: file:.*(broken.jpg|large.png): (not JPEG|too many bytes)")
                .contains("  fix: repair the image or take it away");
        assertThat(files(out.resolve("rows"))).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidAsByTheProgram() {
        assertThat(score(folder.resolve("nowhere"))).isEqualTo(66);
        assertThat(job("score", "--model", "/nowhere", "--input", images.toString(), "--output", out.toString()))
                .isEqualTo(66);
        assertThat(job("score", "--modle", "x")).isEqualTo(64);
        assertThat(score(images, "--format", "zip")).isEqualTo(64);
        assertThat(score(images, "--chunk", "0")).isEqualTo(64);
        assertThat(said.toString())
                .contains("nowhere: there is no such folder or file")
                .contains("error: /nowhere: there is no model here")
                .contains("error: --chunk: expected 1 or more, found 0");
    }

    private List<Row> rows() {
        return spark.read().parquet(out.resolve("rows").toString()).collectAsList();
    }

    private void check(int count) {
        check(rows(), count);
    }

    private static void check(List<Row> rows, int count) {
        Map<String, Row> byName = new HashMap<>();
        rows.forEach(row ->
                byName.put(Path.of(row.<String>getAs("path")).getFileName().toString(), row));
        assertThat(rows).hasSize(count);
        assertThat(byName).containsOnlyKeys(expected.keySet());
        byName.forEach((name, row) -> checkRow(row, expected.get(name)));
    }

    private static void checkRow(Row row, NamedCsvRecord program) {
        String error = row.getAs("error");
        assertThat(error == null ? "" : error).isEqualTo(program.getField("error"));
        assertThat(row.<String>getAs("digest")).isEqualTo(program.getField("digest"));
        assertThat(row.<Long>getAs("length")).isPositive();
        if (error == null) {
            assertThat(row.<String>getAs("concept")).isEqualTo(program.getField("concept"));
            for (String number : List.of("value", "lower", "upper")) {
                assertThat(row.<Double>getAs(number))
                        .isEqualTo(Double.parseDouble(program.getField(number)), within(1e-6));
            }
        }
    }

    private static void tar(Path file, List<Path> contents) throws IOException {
        try (OutputStream bytes = Files.newOutputStream(file);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.putArchiveEntry(new TarArchiveEntry("labels.json"));
            tar.closeArchiveEntry();
            for (Path each : contents) {
                tar.putArchiveEntry(new TarArchiveEntry(each.toFile(), "some/" + each.getFileName()));
                Files.copy(each, tar);
                tar.closeArchiveEntry();
            }
        }
    }

    private static List<Path> files(Path in) throws IOException {
        try (Stream<Path> all = Files.list(in)) {
            return all.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
