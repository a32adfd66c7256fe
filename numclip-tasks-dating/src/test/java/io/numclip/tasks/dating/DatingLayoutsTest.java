package io.numclip.tasks.dating;

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
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fixtures are small copies of the layouts in which their owners ship these data sets. */
class DatingLayoutsTest {

    private static final Path FIXTURES = Path.of("src/test/resources");
    private static final LabelScale YEARS = new LabelScale(1930, 1979, "years");

    @TempDir
    Path folder;

    @Test
    void historicalColorImagesHaveTenDrawnFolds() throws IOException {
        OrdinalTask task = task(TaskData.of("hci", root("hci").toString()));
        Set<Set<String>> tests = new HashSet<>();

        assertThat(task.folds()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        for (String fold : task.folds()) {
            assertThat(sizes(task, fold)).isEqualTo("25 + 5 + 10");
            for (Split split : Split.values()) {
                assertThat(task.images(split, fold).stream()
                                .map(LabeledImage::label)
                                .distinct())
                        .containsExactly(1935.0, 1945.0, 1955.0, 1965.0, 1975.0);
            }
            tests.add(task.images(Split.TEST, fold).stream()
                    .map(LabeledImage::name)
                    .collect(Collectors.toSet()));
        }
        assertThat(tests).hasSize(10);
        assertThat(all(task)).extracting(LabeledImage::name).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void historicalColorImagesReportTheirSizes() throws IOException {
        TaskData data = TaskData.of("hci", root("hci").toString());

        assertThat(new HistoricalColorLayout().read(data, YEARS).notices())
                .containsExactly(root("hci") + ": sizes differ from the published ones:"
                        + " 8 of 265 images with the label 1935.0, 8 of 265 images with the label 1945.0,"
                        + " 8 of 265 images with the label 1955.0, 8 of 265 images with the label 1965.0,"
                        + " 8 of 265 images with the label 1975.0");
    }

    @Test
    void aMissingDecadeIsRefused() throws IOException {
        Path copy = DataSets.copy(FIXTURES.resolve("hci"), folder.resolve("decade_database"));
        Files.move(copy.resolve("1950s"), copy.resolve("fifties"));

        assertRefused(TaskData.of("hci", folder.toString()), Kind.MISSING, copy.resolve("1950s") + ": no such folder");
    }

    @Test
    void yearListsReachBackToTheYear1000() throws IOException {
        Path list = root("year-list").resolve("list.csv");
        OrdinalTask task = task(data("year-list", "", root("year-list"), list.toString()));

        assertThat(task.scale()).isEqualTo(new LabelScale(1000, 2030, "years"));
        assertThat(sizes(task)).isEqualTo("16 + 1 + 3");
        assertThat(all(task))
                .hasSize(20)
                .anyMatch(image -> image.label() == 1025
                        && "France".equals(image.attributes().get("country")));
    }

    @Test
    void badLinesOfYearListsAreNamed() throws IOException {
        Path copy = DataSets.copy(FIXTURES.resolve("year-list"), folder.resolve("years"));
        Path list = copy.resolve("list.csv");
        Files.writeString(list, Files.readString(list) + "1.jpg,around 1900,Peru\n2.jpg,750,Peru\n");

        assertRefused(
                data("year-list", "", copy, list.toString()),
                Kind.DATA,
                list + ":22: column 'year': 'around 1900' is not a number",
                list + ":23: column 'year': 750 is outside 1000.0 to 2030.0 years");
        assertRefused(TaskData.of("year-list", copy.toString()), Kind.CONFIGURATION, "format year-list needs a list");
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
        return new DatingTask().create(new DatingTask.Config(data));
    }

    private static void assertRefused(TaskData data, Kind kind, String... parts) {
        RefusalAssert.assertRefused(kind, () -> task(data).images(Split.TRAIN)).hasMessageContainingAll(parts);
    }
}
