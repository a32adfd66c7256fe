package io.numclip.dataset;

import static io.numclip.data.RefusalAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.EmptySplitException;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageListingTest {

    private static final LabelScale SCALE = new LabelScale(0, 100, "years");

    @TempDir
    Path root;

    private ImageListing listing;

    @BeforeEach
    void newListing() {
        listing = new ImageListing(TaskData.of("faces", root.toString()), SCALE, "faces", root);
    }

    @Test
    void imagesOfASubjectAreDealtTogether() throws IOException {
        for (int i = 0; i < 200; i++) {
            add(i + ".jpg", 30, "p" + i / 4);
        }

        Set<String> seen = new HashSet<>();
        for (Split split : Split.values()) {
            assertThat(subjects(listing.images(split))).allMatch(seen::add);
        }
        assertThat(seen).hasSize(50);
        assertThat(listing.folds()).isEmpty();
    }

    /** They are not one subject. */
    @Test
    void imagesWithoutASubjectAreDealtSingly() throws IOException {
        for (int i = 0; i < 200; i++) {
            add(i + ".jpg", 30, " ".repeat(i % 2));
        }

        assertThat(listing.images(Split.TRAIN)).hasSizeBetween(120, 180);
        assertThat(listing.images(Split.VALIDATION)).hasSizeBetween(5, 40);
        assertThat(listing.images(Split.TEST)).hasSizeBetween(5, 40);
    }

    /** Chance alone leaves about half of these tests empty. */
    @Test
    void whereThereAreThreeSubjectsNoSplitIsEmpty() throws IOException {
        int left = 0;
        for (int subjects = 3; subjects < 9; subjects++) {
            for (int seed = 0; seed < 30; seed++) {
                deal(seed, 0.1, 0.1, subjects, false);
                Map<Split, List<LabeledImage>> drawn = listing.drawn();
                for (Split split : Split.values()) {
                    assertThat(listing.images(split))
                            .as("%s of %s, seed %s", split, subjects, seed)
                            .isNotEmpty();
                }
                if (drawn.size() < 3) {
                    left++;
                } else {
                    assertThat(split())
                            .as("what chance does well is not touched")
                            .isEqualTo(drawn);
                }
                Map<Split, Set<String>> before = subjectsBySplit();
                deal(seed, 0.1, 0.1, subjects, true);
                assertThat(subjectsBySplit()).as("whatever the order is").isEqualTo(before);
            }
        }
        assertThat(left).isBetween(60, 120);
    }

    @Test
    void whereSharesAreLargeTrainingHasASubjectToo() throws IOException {
        for (int seed = 0; seed < 50; seed++) {
            deal(seed, 0.45, 0.45, 3, false);
            for (Split split : Split.values()) {
                assertThat(subjects(listing.images(split))).hasSize(1);
            }
            deal(seed, 0, 0.9, 3, false);
            assertThat(listing.images(Split.TRAIN)).isNotEmpty();
            assertThat(listing.images(Split.TEST)).isNotEmpty();
        }
    }

    @Test
    void ofTwoSubjectsTheNumberIsNamed() throws IOException {
        deal(1, 0.1, 0.1, 2, false);
        assertThatThrownBy(() -> listing.images(Split.TEST))
                .isInstanceOfSatisfying(EmptySplitException.class, refusal -> {
                    assertThat(refusal.kind()).isEqualTo(Kind.DATA);
                    assertThat(refusal.fix()).contains("whatever task.data.seed is", "needs 3 of different subjects");
                })
                .hasMessage("faces: no images for test (images found: 8 of 2 subjects)");
    }

    /** Four images of each subject. */
    private void deal(long seed, double validation, double test, int subjects, boolean backwards) throws IOException {
        TaskData data = new TaskData(
                "test",
                "",
                root.toString(),
                "",
                "image",
                "value",
                validation,
                test,
                seed,
                new TaskData.Samples(1, 1, 1));
        listing = new ImageListing(data, SCALE, "faces", root);
        for (int i = 0; i < 4 * subjects; i++) {
            int number = backwards ? 4 * subjects - 1 - i : i;
            add(number + ".jpg", 30, "p" + number / 4);
        }
    }

    private Map<Split, List<LabeledImage>> split() {
        return Stream.of(Split.values()).collect(Collectors.toMap(split -> split, listing::images));
    }

    private Map<Split, Set<String>> subjectsBySplit() {
        return Stream.of(Split.values())
                .collect(Collectors.toMap(split -> split, split -> subjects(listing.images(split))));
    }

    @Test
    void aHeldOutAttributeMakesAFoldOfEachValue() throws IOException {
        for (int i = 0; i < 40; i++) {
            add(i + ".jpg", 30, "p" + i / 10);
        }
        listing.holdOut(LabeledImage.SUBJECT);

        assertThat(listing.folds()).containsExactly("p0", "p1", "p2", "p3");
        for (String fold : listing.folds()) {
            assertThat(subjects(listing.images(Split.TEST, fold))).containsExactly(fold);
            assertThat(listing.images(Split.TRAIN, fold)).hasSize(20);
            assertThat(subjects(listing.images(Split.VALIDATION, fold)))
                    .hasSize(1)
                    .doesNotContain(fold);
        }
        assertThat(listing.images(Split.TEST)).isEqualTo(listing.images(Split.TEST, "p0"));
    }

    @Test
    void validationIsAShareOfTheTrainingImagesWhereListsNameNone() throws IOException {
        for (int i = 0; i < 100; i++) {
            touch(i + ".jpg");
            listing.add("list:" + i, i + ".jpg", 1, Map.of(), i < 60 ? Split.TRAIN : Split.TEST);
        }

        assertThat(listing.images(Split.TRAIN)).hasSize(54);
        assertThat(listing.images(Split.VALIDATION)).hasSize(6);
        assertThat(listing.images(Split.TEST)).hasSize(40);
    }

    @Test
    void noValidationImagesAreTakenWhereNoneAreWanted() throws IOException {
        TaskData all = new TaskData(
                "test", "", root.toString(), "", "image", "value", 0, 0.1, 1, new TaskData.Samples(1, 1, 1));
        ImageListing whole = new ImageListing(all, SCALE, "faces", root);
        for (int i = 0; i < 100; i++) {
            touch(i + ".jpg");
            whole.add("list:" + i, i + ".jpg", 1, Map.of(), i < 60 ? Split.TRAIN : Split.TEST);
        }

        assertThat(whole.images(Split.TRAIN)).hasSize(60);
        assertThatThrownBy(() -> whole.images(Split.VALIDATION)).hasMessageContaining("no images for validation");
    }

    @Test
    void drawnFoldsHaveTheirNumbersOfEveryLabel() throws IOException {
        for (int i = 0; i < 24; i++) {
            add(i + ".jpg", i < 14 ? 30 : 40, "p" + i);
        }
        listing.randomFolds(3, 6, 1, 3, 1);

        assertThat(listing.folds()).containsExactly("0", "1", "2");
        for (String fold : listing.folds()) {
            assertThat(listing.images(Split.TRAIN, fold)).hasSize(12);
            assertThat(listing.images(Split.VALIDATION, fold)).hasSize(2);
            assertThat(listing.images(Split.TEST, fold)).hasSize(6);
        }
        assertThat(listing.images(Split.TEST, "0")).isNotEqualTo(listing.images(Split.TEST, "1"));
        assertThat(listing.notices())
                .containsExactly("faces: sizes differ from the published ones: 14 of 10 images with the label 30.0");
    }

    @Test
    void drawnFoldsOfNeighbouringSeedsHaveNothingToDoWithEachOther() throws IOException {
        Set<List<LabeledImage>> tests = new HashSet<>();
        for (int seed = 0; seed < 6; seed++) {
            newListing();
            for (int i = 0; i < 100; i++) {
                add(i + ".jpg", 30, "p" + i);
            }
            listing.randomFolds(6, 6, 1, 3, seed);
            for (String fold : listing.folds()) {
                tests.add(listing.images(Split.TEST, fold));
            }
        }
        assertThat(tests).hasSize(36);
    }

    @Test
    void fewerImagesAreDrawnInProportion() throws IOException {
        for (int i = 0; i < 8; i++) {
            add(i + ".jpg", 30, "p" + i);
        }
        listing.randomFolds(1, 210, 5, 50, 1);

        assertThat(listing.images(Split.TRAIN)).hasSize(5);
        assertThat(listing.images(Split.VALIDATION)).hasSize(1);
        assertThat(listing.images(Split.TEST)).hasSize(2);
    }

    @Test
    void entriesThatRepeatOrContradictOthersAreCounted() throws IOException {
        touch("a.jpg", "b.jpg");
        listing.add("1:1", "a.jpg", 1, Map.of(), "1", Split.TRAIN);
        listing.add("1:2", "a.jpg", 1, Map.of(), "1", Split.TRAIN);
        listing.add("1:2", "a.jpg", 1, Map.of(), "2", Split.TRAIN);
        listing.add("1:3", "a.jpg", 2, Map.of(), "1", Split.TRAIN);
        listing.add("2:1", "b.jpg", 1, Map.of(), "1", Split.TEST);
        listing.add("2:2", "b.jpg", 3, Map.of(), "2", Split.TEST);
        listing.finish();

        assertThat(listing.images(Split.TEST, "2"))
                .extracting(LabeledImage::label)
                .containsExactly(1.0);
        assertThat(listing.notices())
                .containsExactly(
                        "faces: images listed more than once in a fold, which count once: 2",
                        "faces: images listed again with another label, of which the first counts: 2, such as 1:3");
    }

    @Test
    void entriesWithoutFoldsCountEveryTimeAndTheirOtherLabelsAreCounted() throws IOException {
        touch("a.jpg", "b.jpg");
        for (double label : new double[] {1, 1, 2}) {
            listing.add("list:" + label, "a.jpg", label, Map.of());
        }
        assertThat(listing.size()).isEqualTo(3);
        assertThat(listing.notices())
                .containsExactly(
                        "faces: images listed more than once, which count every time: 2; with another label: 1");
    }

    @Test
    void anImageMayHaveAnotherPartInAnotherFold() throws IOException {
        touch("a.jpg", "b.jpg", "c.jpg");
        listing.add("1:1", "a.jpg", 1, Map.of(), "1", Split.TRAIN);
        listing.add("1:2", "b.jpg", 1, Map.of(), "1", Split.TEST);
        listing.add("2:1", "a.jpg", 1, Map.of(), "2", Split.TEST);
        listing.add("2:2", "c.jpg", 1, Map.of(), "2", Split.TRAIN);
        listing.finish();

        assertThat(listing.folds()).containsExactly("1", "2");
        assertThat(listing.images(Split.TEST, "2"))
                .extracting(LabeledImage::name)
                .containsExactly("a.jpg");
        assertThatThrownBy(() -> listing.images(Split.VALIDATION, "2"))
                .hasMessage("faces: no images for validation in fold 2 (images found: 3)");
        listing.add("2:3", "c.jpg", 1, Map.of(), "2", Split.TEST);
        assertThatThrownBy(() -> listing.finish()).hasMessage("2:3: c.jpg is in test of fold 2, but in train at 2:2");
    }

    @Test
    void faultsAreReportedTogether() {
        listing.add("list:1", "../a.jpg", 1, Map.of());
        listing.add("list:2", "a.jpg", 101, Map.of());
        listing.add("list:3", "b\0.jpg", 1, Map.of());
        listing.problem("list:4", "nonsense");

        assertRefused(Kind.DATA, () -> listing.finish())
                .hasMessageContainingAll(
                        "4 entries of faces cannot be used:",
                        "list:1: '../a.jpg' is outside the folder " + root,
                        "list:2: 101.0 is outside 0.0 to 100.0 years",
                        "list:3: not a valid path (",
                        "list:4: nonsense");
    }

    @Test
    void linksThatLeadOutOfTheFolderAreRefused(@TempDir Path elsewhere) throws IOException {
        Path secret = Files.writeString(elsewhere.resolve("secret.jpg"), "root:x:0:0");
        Files.createSymbolicLink(root.resolve("a.jpg"), secret);
        Files.createSymbolicLink(root.resolve("folder"), elsewhere);
        Files.createSymbolicLink(root.resolve("list.csv"), secret);
        listing.add("list:1", "a.jpg", 1, Map.of());
        listing.add("list:2", "folder/secret.jpg", 1, Map.of());
        listing.add("list:3", "folder/absent.jpg", 1, Map.of());

        assertRefused(Kind.DATA, () -> listing.finish())
                .hasMessageContainingAll(
                        "2 entries of faces cannot be used:",
                        "list:1: 'a.jpg' is outside the folder " + root + " (a symbolic link leads there)",
                        "list:2: 'folder/secret.jpg' is outside the folder " + root);
        assertThatThrownBy(() -> DataTable.withoutHeader(root.resolve("list.csv"), listing, row -> {}))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("list.csv is outside the folder")
                .hasMessageNotContaining("root:x");
    }

    /** Many data sets keep their lists beside the folder of images. */
    @Test
    void linksMustStayInTheRootOfTheDataSet(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("a.jpg"), "");
        Files.createDirectory(root.resolve("images"));
        Files.writeString(root.resolve("b.jpg"), "");
        Files.createSymbolicLink(root.resolve("images/b.jpg"), root.resolve("b.jpg"));
        Files.createSymbolicLink(root.resolve("linked"), elsewhere);
        Path list = Files.createSymbolicLink(
                root.resolve("list.txt"), Files.writeString(elsewhere.resolve("list.txt"), "root:x:0:0"));
        TaskData data = TaskData.of("faces", root.toString());
        ImageListing inside = new ImageListing(data, SCALE, "faces", root.resolve("images"));
        inside.add("list:1", "b.jpg", 1, Map.of());
        inside.finish();
        assertThatThrownBy(() -> DataTable.withoutHeader(list, inside, row -> {}))
                .hasMessage(list + " is outside the folder " + root + " (a symbolic link leads there)");
        ImageListing outside = new ImageListing(data, SCALE, "faces", root.resolve("linked"));
        outside.add("list:1", "a.jpg", 1, Map.of());
        assertThatThrownBy(outside::finish).hasMessageContaining("'a.jpg' is outside the folder");
    }

    @Test
    void folderThatLeadsBackIntoItselfIsNamed() throws IOException {
        Files.createSymbolicLink(Files.createDirectory(root.resolve("sub")).resolve("loop"), root);
        assertThatThrownBy(() -> ImageFiles.below(root))
                .isInstanceOf(NumClipException.class)
                .hasMessage(root.resolve("sub/loop") + ": a symbolic link leads back to a folder above it");
    }

    @Test
    void linksThatStayInsideAreFollowed(@TempDir Path elsewhere) throws IOException {
        Path file = Files.writeString(root.resolve("0.jpg"), "");
        Files.createSymbolicLink(root.resolve("a.jpg"), file);
        Files.createDirectory(root.resolve("sub"));
        Files.createSymbolicLink(root.resolve("sub/b.jpg"), Path.of("../0.jpg"));
        Files.createSymbolicLink(root.resolve("folder"), Path.of("sub"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("root"), root);
        ImageListing linked = new ImageListing(TaskData.of("faces", link.toString()), SCALE, "faces", link);
        for (String path : List.of("0.jpg", "a.jpg", "sub/b.jpg", "folder/b.jpg")) {
            linked.add("list", path, 1, Map.of(), Split.TRAIN);
        }
        linked.finish();
        assertThat(linked.size()).isEqualTo(4);
    }

    @Test
    void missingImagesAndWhatWasLeftOutAreCounted() throws IOException {
        add("a.jpg", 1, "x");
        listing.leaveOut("no age is known");
        listing.leaveOut("no age is known");
        listing.expect("images", 3, listing.size());
        listing.expect("folds", 0, 0);

        assertThat(listing.notices())
                .containsExactly(
                        "faces: images left out because no age is known: 2",
                        "faces: sizes differ from the published ones: 1 of 3 images");
        listing.add("list:9", "b.jpg", 1, Map.of());
        assertRefused(Kind.MISSING, () -> listing.finish()).hasMessage("list:9: there is no file b.jpg");
    }

    private void add(String path, double label, String subject) throws IOException {
        touch(path);
        listing.add("list", path, label, Map.of(LabeledImage.SUBJECT, subject));
    }

    private void touch(String... names) throws IOException {
        for (String name : names) {
            Files.write(root.resolve(name), new byte[0]);
        }
    }

    private static Set<String> subjects(List<LabeledImage> images) {
        Set<String> subjects = new HashSet<>();
        images.forEach(image -> subjects.add(image.attribute(LabeledImage.SUBJECT)));
        return subjects;
    }
}
