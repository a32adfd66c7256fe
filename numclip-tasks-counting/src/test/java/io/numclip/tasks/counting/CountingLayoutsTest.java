package io.numclip.tasks.counting;

import static io.numclip.testing.DataSets.all;
import static io.numclip.testing.DataSets.sizes;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.RefusalAssert;
import io.numclip.data.Split;
import io.numclip.dataset.TaskData;
import io.numclip.spi.OrdinalTask;
import io.numclip.testing.DataSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fixtures are small copies of the layouts in which their owners ship these data sets. */
class CountingLayoutsTest {

    private static final Path FIXTURES = Path.of("src/test/resources");

    @TempDir
    Path folder;

    @Test
    void fsc147CountsDotsInTheOwnersSplits() throws IOException {
        TaskData data = TaskData.of("fsc-147", root("fsc-147").toString());
        OrdinalTask task = task(data);

        assertThat(task.scale()).isEqualTo(new LabelScale(0, 4000, "things"));
        assertThat(sizes(task)).isEqualTo("10 + 5 + 5");
        assertThat(task.images(Split.TEST))
                .extracting(LabeledImage::label)
                .containsExactly(11.0, 18.0, 36.0, 75.0, 220.0);
        assertThat(new Fsc147Layout().read(data, task.scale()).notices())
                .containsExactly(
                        root("fsc-147") + ": sizes differ from the published ones: 10 of 3659 images for train,"
                                + " 5 of 1286 images for validation, 5 of 1190 images for test");
    }

    @Test
    void faultsInTheListsOfFsc147AreNamed() throws IOException {
        Path copy = DataSets.copy(FIXTURES.resolve("fsc-147"), folder.resolve("fsc"));
        Path splits = copy.resolve("Train_Test_Val_FSC_147.json");
        Path dots = copy.resolve("annotation_FSC147_384.json");
        String all = Files.readString(dots);
        Files.writeString(splits, "{\"train\": [\"2.jpg\", \"1.jpg\"], \"val\": [\"8.jpg\"], \"test\": 3}");
        assertRefused(
                TaskData.of("fsc-147", copy.toString()),
                Kind.DATA,
                splits + " (train): 1.jpg has no points in annotation_FSC147_384.json",
                splits + " (test): a list of image names expected");
        Files.writeString(dots, all.substring(0, all.length() / 2));
        assertRefused(TaskData.of("fsc-147", copy.toString()), Kind.DATA, dots + ":");
        Files.writeString(dots, all);
        Files.writeString(splits, "{\"train\": [\"2.jpg\"], \"val\": [\"8.jpg\"], \"test\": [\"11.jpg\"]}");
        Files.delete(copy.resolve("images_384_VarV2/11.jpg"));
        assertRefused(
                TaskData.of("fsc-147", copy.toString()), Kind.MISSING, splits + " (test): there is no file 11.jpg");
    }

    @Test
    void countBenchReadsItsExport() throws IOException {
        TaskData data = data("countbench", "", root("countbench"), root("countbench") + "/countbench.csv");
        OrdinalTask task = task(data);

        assertThat(task.scale()).isEqualTo(new LabelScale(0, 20, "things"));
        assertThat(sizes(task)).isEqualTo("17 + 2 + 1");
        assertThat(all(task).stream().map(LabeledImage::label).distinct())
                .containsExactlyInAnyOrder(2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0);
        assertThat(CountListLayout.countBench().read(data, task.scale()).notices())
                .containsExactly(data.file() + ": sizes differ from the published ones: 20 of 540 images");
    }

    @Test
    void crowdCountsReachTo5000() throws IOException {
        Path images = root("count-list").resolve("images");
        Path list = root("count-list").resolve("counts.csv");
        OrdinalTask task = task(data("count-list", "", images, list.toString()));

        assertThat(sizes(task)).isEqualTo("10 + 5 + 5");
        assertThat(task.scale().maximum()).isEqualTo(5000);
        Path copy = Files.writeString(folder.resolve("counts.csv"), "image,count\nIMG_1.jpg,5001\nIMG_2.jpg,few\n");
        assertRefused(
                data("count-list", "", images, copy.toString()),
                Kind.DATA,
                copy + ":2: column 'count': 5001 is outside 0.0 to 5000.0 things",
                copy + ":3: column 'count': 'few' is not a number");
    }

    private static TaskData data(String format, String setting, Path root, String file) {
        TaskData data = TaskData.of(format, root.toString());
        return new TaskData(
                format, setting, data.root(), file, "image", "value", 0.1, 0.1, data.seed(), data.samples());
    }

    private static Path root(String format) {
        return FIXTURES.resolve(format).toAbsolutePath();
    }

    private static OrdinalTask task(TaskData data) {
        return new CountingTask().create(new CountingTask.Config(data));
    }

    private static void assertRefused(TaskData data, Kind kind, String... parts) {
        RefusalAssert.assertRefused(kind, () -> task(data).images(Split.TRAIN)).hasMessageContainingAll(parts);
    }
}
