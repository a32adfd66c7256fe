package io.numclip.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.Region;
import io.numclip.data.Split;
import io.numclip.image.ImageFile;
import io.numclip.protocol.Splitter.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitManifestTest {

    private static final Splitter SPLITTER = new Splitter(Rule.STRATIFIED, "subject", 1);
    /** Line of the first image: the header has eleven lines, and one of columns. */
    private static final int FIRST = 13;

    @TempDir
    Path folder;

    private final List<LabeledImage> images = new ArrayList<>();
    private Path file;

    @BeforeEach
    void write() throws IOException {
        for (int i = 0; i < 20; i++) {
            images.add(TestingImages.file(folder, "a, " + i + ".png", i % 4 + 0.5, "content " + i));
        }
        file = folder.resolve("split.csv");
        ManifestFile.write(file, SplitManifest.ofSplits("age", SPLITTER, SPLITTER.splits(images, 0.2, 0.1)));
    }

    @Test
    void theFileSaysWhatItHolds() throws IOException {
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(32);
        assertThat(lines.subList(0, 10))
                .containsExactly(
                        "# numclip split manifest",
                        "# format: 1",
                        "# task: age",
                        "# rule: stratified",
                        "# group: subject",
                        "# seed: 1",
                        "# images: 20",
                        "# train: 14",
                        "# validation: 4",
                        "# test: 2");
        assertThat(lines.get(10)).matches("# sha256: [0-9a-f]{64}");
        assertThat(lines.get(11)).isEqualTo("image,value,split,sha256,check");
        assertThat(lines.get(12)).matches("\"a, \\d+.png\",\\d.5,train,[0-9a-f]{64},[0-9a-f]{12}");
    }

    @Test
    void whatIsReadIsWhatWasWrittenAndDealsTheSame() throws IOException {
        SplitManifest read = ManifestFile.read(file);
        assertThat(read).isEqualTo(SplitManifest.ofSplits("age", SPLITTER, SPLITTER.splits(images, 0.2, 0.1)));
        assertThat(read.splits(file, images, "")).isEqualTo(SPLITTER.splits(images, 0.2, 0.1));
    }

    @Test
    void regionsOfAPictureAreImagesOfTheirOwn() throws IOException {
        List<LabeledImage> regions = new ArrayList<>();
        for (LabeledImage image : images) {
            Region region = new Region(regions.size(), 1, 2, 3);
            Path picture = ((ImageFile) image.source()).path();
            regions.add(new LabeledImage(region.in(image.name()), new ImageFile(picture, region), 1, Map.of()));
        }
        Path written = folder.resolve("regions.csv");
        SplitManifest manifest = SplitManifest.ofSplits("age", SPLITTER, SPLITTER.splits(regions, 0.2, 0.1));
        ManifestFile.write(written, manifest);
        assertThat(ManifestFile.read(written)).isEqualTo(manifest);
        assertThat(ManifestFile.read(written).splits(written, regions, "").get(Split.TEST))
                .hasSize(2);
        assertThat(manifest.rows()).allSatisfy(row -> assertThat(row.hash()).matches("[0-9a-f]{64}"));
        assertThat(manifest.rows()).extracting(SplitManifest.Row::hash).doesNotHaveDuplicates();
    }

    @Test
    void foldsAreReadAndMade() throws IOException {
        Path folded = folder.resolve("folds.csv");
        List<List<LabeledImage>> folds = SPLITTER.folds(images, 4);
        ManifestFile.write(folded, SplitManifest.ofFolds("age", SPLITTER, folds));
        SplitManifest read = ManifestFile.read(folded);
        assertThat(read.folds()).containsExactly("1", "2", "3", "4");
        assertThat(Files.readString(folded)).contains("# fold 3: 5\n", "image,value,fold,");
        assertThat(read.splits(folded, images, "2")).isEqualTo(Folds.splits(folds, 1));
    }

    @Test
    void anExistingFileIsNotOverwritten() {
        assertThatThrownBy(() -> ManifestFile.write(file, new SplitManifest("age", SPLITTER, List.of(), List.of())))
                .hasMessageContaining("split.csv already exists");
    }

    /** An interrupted thread cannot write, just as one whose disk is full. */
    @Test
    void aFailedWriteLeavesNothingAndCanBeRepeated() throws IOException {
        SplitManifest manifest = ManifestFile.read(file);
        Path again = Files.createDirectory(folder.resolve("out")).resolve("split.csv");
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> ManifestFile.write(again, manifest)).isInstanceOf(IOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(again.getParent()).isEmptyDirectory();
        ManifestFile.write(again, manifest);
        assertThat(again).hasSameTextualContentAs(file);
    }

    @Test
    void lineEndsOfWindowsAreNoChange() throws IOException {
        Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));
        assertThat(ManifestFile.read(file).rows()).hasSize(20);
    }

    @Test
    void aChangedSplitIsRefusedAtItsLine() throws IOException {
        change(FIRST + 4, line -> line.replace("train", "test"));
        assertRefused(FIRST + 4, "changed since the manifest was written");
    }

    @Test
    void theFirstOfTwoChangesIsNamed() throws IOException {
        change(FIRST + 7, line -> line.replace("train", "test"));
        change(FIRST + 2, line -> line.replace(".5,", ".25,"));
        assertRefused(FIRST + 2, "changed since the manifest was written");
    }

    @Test
    void aMissingLineIsRefusedWhereItWas() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.remove(FIRST + 2);
        Files.write(file, lines);
        assertRefused(FIRST + 3, "changed since the manifest was written");
    }

    @Test
    void aMissingEndIsRefused() throws IOException {
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, lines.size() - 2));
        assertRefused(FIRST + 18, "the manifest ends after 18 images");
    }

    @Test
    void aChangedHeaderIsRefused() throws IOException {
        change(6, line -> "# seed: 2");
        assertRefused(11, "the header was changed");
        change(6, line -> "# seed: 1");
        change(10, line -> "# test: 3");
        assertRefused(10, "expected '# test: 2'");
    }

    @Test
    void aLaterFormatIsRefused() throws IOException {
        change(2, line -> "# format: 2");
        assertRefused(2, "format 2; this NumCLIP reads format 1");
    }

    @Test
    void anotherFileIsNoManifest() throws IOException {
        Files.writeString(file, "image,value\na.png,1\n");
        assertRefused(1, "this is not a manifest");
    }

    @Test
    void aManifestInAnotherEncodingIsRefusedByItsName() throws IOException {
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, '#', 0});

        assertThatThrownBy(() -> ManifestFile.read(file)).hasMessage(file + ": the file is not UTF-8 text");
    }

    @Test
    void aChangedImageIsRefusedWithItsLine() throws IOException {
        SplitManifest manifest = ManifestFile.read(file);
        Files.writeString(folder.resolve(manifest.rows().get(5).image()), "other content");
        assertThatThrownBy(() -> manifest.splits(file, images, ""))
                .hasMessageContaining("split.csv:" + (FIRST + 5) + ": "
                        + manifest.rows().get(5).image() + " has changed");
    }

    @Test
    void anotherLabelIsRefusedWithItsLine() throws IOException {
        SplitManifest manifest = ManifestFile.read(file);
        LabeledImage first = images.get(0);
        images.set(0, new LabeledImage(first.name(), first.source(), 3.25, Map.of()));
        assertThatThrownBy(() -> manifest.splits(file, images, ""))
                .hasMessageContaining("a, 0.png has the value 3.25; the manifest says 0.5");
    }

    @Test
    void imagesTooManyOrTooFewAreRefused() throws IOException {
        SplitManifest manifest = ManifestFile.read(file);
        images.add(TestingImages.image("new.png", 1));
        assertThatThrownBy(() -> manifest.splits(file, images, ""))
                .hasMessageContaining("1 images of the task are not in the manifest, such as new.png");
        images.remove(20);
        images.remove(3);
        assertThatThrownBy(() -> manifest.splits(file, images, ""))
                .hasMessageContaining("the task has no image a, 3.png");
    }

    @Test
    void aGroupedManifestWhoseSubjectsCrossIsRefused() {
        List<LabeledImage> people = List.of(
                TestingImages.image("a", 1, "a", "ann"),
                TestingImages.image("b", 1, "b", "bob"),
                TestingImages.image("c", 1, "c", "ann"));
        Map<Split, List<LabeledImage>> splits = Map.of(
                Split.TRAIN, people.subList(0, 1),
                Split.VALIDATION, people.subList(1, 2),
                Split.TEST, people.subList(2, 3));
        Splitter grouped = new Splitter(Rule.GROUPED, TestingImages.SUBJECT, 1);
        assertThatThrownBy(() -> SplitManifest.ofSplits("age", grouped, splits).splits(file, people, ""))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining(
                        "grouped by person, but 1 groups are in several splits, such as person ann (1 train, 1 test)");
    }

    private void change(int number, UnaryOperator<String> edit) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(number - 1, edit.apply(lines.get(number - 1)));
        Files.write(file, lines);
    }

    private void assertRefused(int line, String what) {
        assertThatThrownBy(() -> ManifestFile.read(file))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("split.csv:" + line + ": ")
                .hasMessageContaining(what);
    }
}
