package io.numclip.tasks.age;

import static io.numclip.testing.DataSets.all;
import static io.numclip.testing.DataSets.sizes;
import static io.numclip.testing.DataSets.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.RefusalAssert;
import io.numclip.data.Split;
import io.numclip.dataset.TaskData;
import io.numclip.spi.OrdinalTask;
import io.numclip.testing.DataSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fixtures are small copies of the layouts in which their owners ship these data sets. */
class AgeLayoutsTest {

    private static final Path FIXTURES = Path.of("src/test/resources");
    private static final LabelScale YEARS = new LabelScale(0, 100, "years");

    @TempDir
    Path folder;

    @Test
    void adienceHasFiveFoldsThatShareNoPerson() throws IOException {
        OrdinalTask task = task(data("adience", ""));

        assertThat(task.folds()).containsExactly("0", "1", "2", "3", "4");
        for (String fold : task.folds()) {
            assertThat(sizes(task, fold)).isEqualTo("80 + 16 + 24");
            assertThat(values(task, LabeledImage.SUBJECT, Split.TEST, fold))
                    .hasSize(3)
                    .doesNotContainAnyElementsOf(values(task, LabeledImage.SUBJECT, Split.TRAIN, fold))
                    .doesNotContainAnyElementsOf(values(task, LabeledImage.SUBJECT, Split.VALIDATION, fold));
            assertThat(values(task, "fold", Split.TEST, fold)).containsExactly(fold);
        }
        assertThat(task.images(Split.TEST)).isEqualTo(task.images(Split.TEST, "0"));
    }

    @Test
    void adienceAgesAreTheMiddleOfTheirClass() throws IOException {
        List<LabeledImage> images = all(task(data("adience", "")));

        assertThat(images).hasSize(120);
        assertThat(images.stream().map(LabeledImage::label).distinct())
                .containsExactlyInAnyOrder(1.0, 5.0, 10.5, 17.5, 28.5, 40.5, 50.5, 80.0);
        assertThat(images.stream().filter(image -> image.label() == 28.5)).hasSize(15);
        assertThat(images.stream().filter(image -> image.label() == 80))
                .allMatch(image -> "60-100".equals(image.attributes().get("class")));
    }

    @Test
    void adienceReportsWhatIsLeftOutAndItsSizes() throws IOException {
        assertThat(new AdienceLayout().read(data("adience", ""), YEARS).notices())
                .containsExactly(
                        root("adience") + ": images left out because no age is known: 1",
                        root("adience") + ": images left out because the age lies in none of the eight classes: 2",
                        root("adience") + ": sizes differ from the published ones: 15 of 2509 faces of the class 0-2,"
                                + " 15 of 2140 faces of the class 4-6, 15 of 2293 faces of the class 8-13,"
                                + " 15 of 1791 faces of the class 15-20, 15 of 5589 faces of the class 25-32,"
                                + " 15 of 2490 faces of the class 38-43, 15 of 909 faces of the class 48-53,"
                                + " 15 of 901 faces of the class 60-100");
    }

    @Test
    void adienceFacesAreTheOtherFolder() throws IOException {
        assertRefused(
                task(data("adience", "faces")),
                Kind.MISSING,
                "112 of 120 images of " + root("adience") + " are not in " + root("adience"));
        assertRefused(
                task(data("adience", "face")),
                Kind.CONFIGURATION,
                "task.data.setting: format adience has no setting 'face'. Did you mean 'faces'?");
    }

    @Test
    void badAdienceLinesAreNamed() throws IOException {
        Path copy = DataSets.copy(FIXTURES.resolve("adience"), folder.resolve("adience"));
        Path list = copy.resolve("fold_3_data.txt");
        List<String> lines = Files.readAllLines(list);
        lines.set(4, lines.get(4).replaceFirst("\\(0, 2\\)|\\(4, 6\\)", "four"));
        lines.set(7, "x");
        Files.write(list, lines);

        assertRefused(
                task(TaskData.of("adience", copy.toString())),
                Kind.DATA,
                list + ":5: column 'age': 'four' is neither an age nor a range such as (25, 32)",
                list + ":8: no column 'age'; 1 fields found");
        Files.delete(list);
        assertRefused(task(TaskData.of("adience", copy.toString())), Kind.MISSING, list + ": no such file");
    }

    @Test
    void fgNetLeavesOnePersonOut() throws IOException {
        OrdinalTask task = task(data("fg-net", ""));

        assertThat(task.folds()).containsExactly("001", "002", "003", "004");
        for (String fold : task.folds()) {
            assertThat(sizes(task, fold)).isEqualTo("10 + 5 + 5");
            assertThat(values(task, LabeledImage.SUBJECT, Split.TEST, fold)).containsExactly(fold);
        }
        assertThat(task.images(Split.TEST, "001"))
                .extracting(LabeledImage::label)
                .containsExactly(3.0, 8.0, 15.0, 23.0, 44.0);
        assertThat(FileNameLayout.fgNet().read(data("fg-net", ""), YEARS).notices())
                .containsExactly(root("fg-net") + ": sizes differ from the published ones: 20 of 1002 images");
    }

    @Test
    void utkFaceAgesReachTo116() throws IOException {
        OrdinalTask task = task(data("utkface", ""));

        assertThat(task.scale()).isEqualTo(new LabelScale(0, 116, "years"));
        assertThat(task.folds()).isEmpty();
        assertThat(all(task)).hasSize(40).extracting(LabeledImage::label).contains(1.0, 116.0);
        assertThat(sizes(task)).isEqualTo("33 + 4 + 3");
    }

    @Test
    void ageDbKeepsPersonsTogether() throws IOException {
        OrdinalTask task = task(data("agedb", ""));

        assertThat(sizes(task)).isEqualTo("14 + 2 + 4");
        assertThat(all(task))
                .filteredOn(image -> image.name().contains("MariaCallas"))
                .extracting(image -> image.attributes().get(LabeledImage.SUBJECT))
                .containsExactly("MariaCallas", "MariaCallas");
    }

    @Test
    void otherFileNamesAreRefused() throws IOException {
        Path copy = DataSets.copy(FIXTURES.resolve("fg-net"), folder.resolve("fg-net"));
        Path image = copy.resolve("images/old.jpg");
        Files.write(image, new byte[1]);

        assertRefused(
                task(TaskData.of("fg-net", copy.toString())),
                Kind.DATA,
                image + ": the file name does not follow fg-net, ");
    }

    @Test
    void clapListNamesTheSplits() throws IOException {
        OrdinalTask task = task(data("clap2015", ""));

        assertThat(sizes(task)).isEqualTo("12 + 4 + 4");
        assertThat(task.images(Split.TRAIN).get(0).attributes()).containsEntry("deviation", "2.500000");
        assertThat(new ClapLayout().read(data("clap2015", ""), YEARS).notices())
                .containsExactly(root("clap2015").resolve("total_2015.csv")
                        + ": sizes differ from the published ones: 12 of 2476 train images, 4 of 1136 validation"
                        + " images, 4 of 1079 test images");
        Path copy = DataSets.copy(FIXTURES.resolve("clap2015"), folder.resolve("clap"));
        Files.delete(copy.resolve("images/image_3.jpg"));
        assertRefused(
                task(TaskData.of("clap2015", copy.toString())),
                Kind.MISSING,
                copy.resolve("total_2015.csv") + ":4: there is no file image_3.jpg");
    }

    @Test
    void morphSettingAHasFiveListPairs() throws IOException {
        OrdinalTask task = task(data("morph", "A"));

        assertThat(task.folds()).containsExactly("0", "1", "2", "3", "4");
        for (String fold : task.folds()) {
            assertThat(task.images(Split.TEST, fold)).hasSize(8);
            assertThat(task.images(Split.TRAIN, fold).size()
                            + task.images(Split.VALIDATION, fold).size())
                    .isEqualTo(32);
        }
        assertThat(task(data("morph", "")).folds()).isEqualTo(task.folds());
        assertThat(new MorphLayout().read(data("morph", "A"), YEARS).notices())
                .containsExactly(
                        root("morph") + " (setting A): sizes differ from the published ones: 40 of 5492 images");
    }

    @Test
    void morphLinesThatRepeatOrContradictOthersAreCounted() throws IOException {
        Path copy = DataSets.copy(FIXTURES.resolve("morph"), folder.resolve("morph"));
        Path s1 = copy.resolve("B/S1.txt");
        Files.writeString(s1, Files.readString(s1) + "x/030000_00F16.JPG 16\nx/030000_01F17.JPG 18\n");

        assertThat(new MorphLayout().read(data("morph", "B", copy), YEARS).notices())
                .containsExactly(
                        copy + " (setting B): images listed more than once in a fold, which count once: 2",
                        copy + " (setting B): images listed again with another label, of which the first counts: 1,"
                                + " such as " + s1 + ":16",
                        copy + " (setting B): sizes differ from the published ones: 40 of 21000 images");
    }

    @Test
    void morphSettingBTrainsOnOneListAndTestsOnTwo() throws IOException {
        OrdinalTask task = task(data("morph", "B"));

        assertThat(task.folds()).containsExactly("S1", "S2");
        assertThat(sizes(task, "S1")).isEqualTo("12 + 2 + 26");
        assertThat(sizes(task, "S2")).isEqualTo("12 + 2 + 26");
    }

    @Test
    void morphRandomAndExclusiveFoldsAreToldApartByTheirPersons() throws IOException {
        OrdinalTask random = task(data("morph", "RS"));
        OrdinalTask exclusive = task(data("morph", "SE"));

        assertThat(random.folds()).containsExactly("00", "01", "02", "03", "04");
        for (String fold : exclusive.folds()) {
            assertThat(sizes(exclusive, fold)).isEqualTo("28 + 4 + 8");
            assertThat(values(exclusive, LabeledImage.SUBJECT, Split.TEST, fold))
                    .doesNotContainAnyElementsOf(values(exclusive, LabeledImage.SUBJECT, Split.TRAIN, fold));
            assertThat(random.images(Split.TEST, fold)).hasSize(8);
        }
    }

    @Test
    void exchangedMorphFoldersAreNoticed() throws IOException {
        Path copy = DataSets.copy(FIXTURES.resolve("morph"), folder.resolve("morph"));
        Files.move(copy.resolve("settingC"), copy.resolve("SE"));
        Files.move(copy.resolve("settingD"), copy.resolve("RS"));

        TaskData data = data("morph", "SE", copy);
        assertThatThrownBy(() -> task(data).folds())
                .isInstanceOfSatisfying(
                        NumClipException.class,
                        e -> assertThat(e.fix()).endsWith("rename the folder of these lists to RS"))
                .hasMessageContaining("% of the images show a person of another list; nearly none expected");
        assertRefused(task(data("morph", "RS", copy)), Kind.DATA, "0.0 % of the images show a person of another list");
        assertRefused(
                task(data("morph", "A", folder)),
                Kind.MISSING,
                "none of the folders A, settingA, MORPH_SettingA, index/MORPH_SettingA has lists of this setting");
    }

    @Test
    void theMiddleOfSeveralMorphLabelsCounts() throws IOException {
        OrdinalTask task = task(data("morph", "proto"));

        assertThat(task.folds()).isEmpty();
        assertThat(sizes(task)).isEqualTo("26 + 4 + 10");
        for (LabeledImage image : all(task)) {
            String age = image.name().replaceAll(".*[MF](\\d+)\\.JPG", "$1");
            assertThat(image.label()).isEqualTo(Double.parseDouble(age));
            String several = image.attributes().get(LabeledImage.ALL_LABELS);
            assertThat(several == null || List.of(several.split(" ")).contains(age))
                    .isTrue();
        }
        assertThat(all(task))
                .filteredOn(image -> image.attributes().containsKey(LabeledImage.ALL_LABELS))
                .hasSize(30);
        Path copy = DataSets.copy(FIXTURES.resolve("morph"), folder.resolve("morph"));
        Path list = copy.resolve("ET_proto_val.txt");
        Files.writeString(list, Files.readString(list) + "030000_00F16.JPG\n");
        assertRefused(task(data("morph", "proto", copy)), Kind.DATA, list + ":11: expected at least 2 fields, found 1");
    }

    @Test
    void theSameFolderGivesTheSameLists() throws IOException {
        for (String format : List.of("adience", "fg-net", "utkface", "agedb", "morph")) {
            OrdinalTask first = task(data(format, ""));
            OrdinalTask second = task(data(format, ""));
            assertThat(IntStream.range(0, 3).mapToObj(i -> Split.values()[i]).toList())
                    .allSatisfy(split -> assertThat(first.images(split)).isEqualTo(second.images(split)));
        }
    }

    private static TaskData data(String format, String setting) {
        return data(format, setting, FIXTURES.resolve(format));
    }

    private static TaskData data(String format, String setting, Path root) {
        TaskData data = TaskData.of(format, root.toString());
        return new TaskData(format, setting, data.root(), "", "image", "value", 0.1, 0.1, data.seed(), data.samples());
    }

    private static Path root(String format) {
        return FIXTURES.resolve(format).toAbsolutePath();
    }

    private static OrdinalTask task(TaskData data) {
        return new AgeTask().create(new AgeTask.Config(data));
    }

    private static void assertRefused(OrdinalTask task, Kind kind, String... parts) {
        RefusalAssert.assertRefused(kind, () -> task.images(Split.TRAIN)).hasMessageContainingAll(parts);
    }
}
