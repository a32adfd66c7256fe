package io.numclip.tasks.aesthetics;

import static io.numclip.testing.DataSets.all;
import static io.numclip.testing.DataSets.sizes;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.RefusalAssert;
import io.numclip.data.Split;
import io.numclip.dataset.BadRowException;
import io.numclip.dataset.TaskData;
import io.numclip.spi.OrdinalTask;
import io.numclip.testing.DataSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fixtures are small copies of the layouts in which their owners ship these data sets. */
class AestheticsLayoutsTest {

    private static final Path FIXTURES = Path.of("src/test/resources");
    private static final LabelScale GRADES = new LabelScale(1, 5, "grades");

    @TempDir
    Path folder;

    @Test
    void beautyHasFourCategoriesWithListsOfTheirOwn() throws IOException {
        OrdinalTask all = task(TaskData.of("beauty", root("beauty").toString()));
        OrdinalTask people = task(data("beauty", "people", root("beauty"), ""));

        assertThat(sizes(all)).isEqualTo("29 + 3 + 8");
        assertThat(sizes(people)).isEqualTo("7 + 1 + 2");
        assertThat(people.images(Split.TEST))
                .allMatch(image -> "people".equals(image.attributes().get("category")))
                .extracting(LabeledImage::label)
                .containsExactly(3.0, 4.0);
    }

    @Test
    void beautyReportsItsSizesAndBadLines() throws IOException {
        assertThat(new BeautyLayout()
                        .read(data("beauty", "urban", root("beauty"), ""), GRADES)
                        .notices())
                .containsExactly(root("beauty") + ": sizes differ from the published ones:"
                        + " 8 of 2571 urban images for train, 2 of 643 urban images for test");
        assertRefused(data("beauty", "nautre", root("beauty"), ""), Kind.CONFIGURATION, "Did you mean 'nature'?");
        Path copy = DataSets.copy(FIXTURES.resolve("beauty"), folder.resolve("beauty"));
        Path list = copy.resolve("urban_train.txt");
        Files.writeString(list, Files.readString(list) + "1.png\tgood\n2.png\t6.0\n");
        assertRefused(
                TaskData.of("beauty", copy.toString()),
                Kind.DATA,
                list + ":9: field 2: 'good' is not a number",
                list + ":10: 6.0 is outside 1.0 to 5.0 grades");
    }

    @Test
    void avaLabelsAreMeanVotesOfTenPoints() throws IOException, BadRowException {
        OrdinalTask task = task(TaskData.of("ava", root("ava").toString()));

        assertThat(task.scale()).isEqualTo(new LabelScale(1, 10, "points"));
        assertThat(all(task)).hasSize(20);
        assertThat(sizes(task)).isEqualTo("16 + 3 + 1");
        assertThat(MeanVote.of(new double[] {1, 0, 3})).isEqualTo(2.5);
        assertThat(new AvaLayout()
                        .read(TaskData.of("ava", root("ava").toString()), task.scale())
                        .notices())
                .containsExactly(
                        root("ava").resolve("AVA.txt") + ": sizes differ from the published ones: 20 of 255530 images");
    }

    @Test
    void badLinesAndMissingImagesOfAvaAreNamed() throws IOException {
        Path copy = DataSets.copy(FIXTURES.resolve("ava"), folder.resolve("ava"));
        Path list = copy.resolve("AVA.txt");
        String lines = Files.readString(list);
        Files.writeString(list, lines + "21 5 0 0 0 0 0 0 0 0 0 0 1 22 1396\n22 6 1 2\n");
        assertRefused(
                TaskData.of("ava", copy.toString()),
                Kind.DATA,
                list + ":21: no votes",
                list + ":22: expected at least 5 fields, found 4");
        Files.writeString(list, lines + "21 5 0 0 0 0 1 0 0 0 0 0 1 22 1396\n");
        assertRefused(TaskData.of("ava", copy.toString()), Kind.MISSING, list + ":21: there is no file 5.jpg");
    }

    @Test
    void koniqSetsAreTheOwners() throws IOException {
        OrdinalTask task = task(TaskData.of("koniq", root("koniq").toString()));

        assertThat(sizes(task)).isEqualTo("13 + 3 + 4");
        assertThat(task.scale()).isEqualTo(GRADES);
        assertThat(new KoniqLayout()
                        .read(TaskData.of("koniq", root("koniq").toString()), GRADES)
                        .notices())
                .containsExactly(root("koniq").resolve("koniq10k_distributions_sets.csv")
                        + ": sizes differ from the published ones: 20 of 10073 images");
    }

    @Test
    void bothKoniqListsGiveTheSameLabels() throws IOException {
        OrdinalTask sets = task(TaskData.of("koniq", root("koniq").toString()));
        Path copy = DataSets.copy(FIXTURES.resolve("koniq"), folder.resolve("koniq"));
        Files.delete(copy.resolve("koniq10k_distributions_sets.csv"));

        OrdinalTask scores = task(
                new TaskData("koniq", "", copy.toString(), "", "", "", 0.3, 0.3, 1, new TaskData.Samples(1, 1, 1)));

        assertThat(all(scores)).hasSize(20);
        for (LabeledImage image : all(scores)) {
            assertThat(all(sets))
                    .filteredOn(other -> other.name().equals(image.name()))
                    .allMatch(other -> Math.abs(other.label() - image.label()) < 1e-5)
                    .hasSize(1);
        }
        Path list = copy.resolve("koniq10k_scores_and_distributions.csv");
        Files.writeString(list, Files.readString(list).replace("\"c3\"", "\"C3\""));
        assertRefused(TaskData.of("koniq", copy.toString()), Kind.DATA, list + ":1: no column 'c3'. Did you mean");
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
        return new AestheticsTask().create(new AestheticsTask.Config(data));
    }

    private static void assertRefused(TaskData data, Kind kind, String... parts) {
        RefusalAssert.assertRefused(kind, () -> task(data).images(Split.TRAIN)).hasMessageContainingAll(parts);
    }
}
