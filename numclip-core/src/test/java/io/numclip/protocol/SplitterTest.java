package io.numclip.protocol;

import static io.numclip.protocol.TestingImages.SUBJECT;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SplitterTest {

    private static final List<LabeledImage> TWO_LABELS = twoLabels();

    @ParameterizedTest
    @EnumSource(Rule.class)
    void everyImageIsDealtOnceInTheSharesAskedFor(Rule rule) {
        Map<Split, List<LabeledImage>> splits = splitter(rule, 1).splits(TWO_LABELS, 0.2, 0.1);
        assertThat(splits.get(Split.TRAIN)).hasSize(70);
        assertThat(splits.get(Split.VALIDATION)).hasSize(20);
        assertThat(splits.get(Split.TEST)).hasSize(10);
        assertThat(splits.values().stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(TWO_LABELS);
    }

    @Test
    void stratifiedSplitsHaveEachLabelInItsShare() {
        Map<Split, List<LabeledImage>> splits = splitter(Rule.STRATIFIED, 1).splits(TWO_LABELS, 0.1, 0.1);
        assertThat(FewShotTest.counts(splits.get(Split.TEST))).isEqualTo(Map.of(1.0, 8, 5.0, 2));
        assertThat(FewShotTest.counts(splits.get(Split.VALIDATION))).isEqualTo(Map.of(1.0, 8, 5.0, 2));
    }

    @Test
    void stratificationServesLabelsThatAreAllDifferent() {
        List<LabeledImage> images = IntStream.range(0, 100)
                .mapToObj(i -> TestingImages.image("image-" + i, i / 7.0))
                .toList();
        for (List<LabeledImage> fold : splitter(Rule.STRATIFIED, 1).folds(images, 5)) {
            assertThat(fold).hasSize(20);
            for (int start = 0; start < 100; start += 5) {
                assertThat(fold)
                        .filteredOn(inRange(start / 7.0 - 0.01, (start + 4) / 7.0 + 0.01))
                        .hasSize(1);
            }
        }
    }

    @Test
    void groupsStayTogether() {
        List<LabeledImage> images = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            images.add(TestingImages.image("image-" + i, i % 10, "content " + i, "person " + i % 23));
        }
        Map<Split, List<LabeledImage>> splits = splitter(Rule.GROUPED, 4).splits(images, 0.2, 0.2);
        assertThat(LeakCheck.subjects(splits, SUBJECT)).isEmpty();
        assertThat(splits.get(Split.TEST)).hasSizeBetween(18, 30);
        assertThat(LeakCheck.subjects(splitter(Rule.RANDOM, 4).splits(images, 0.2, 0.2), SUBJECT))
                .isPresent();
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void regionsOfAPictureStayTogether(Rule rule, @TempDir Path folder) throws IOException {
        List<LabeledImage> images = new ArrayList<>();
        for (int picture = 0; picture < 20; picture++) {
            ImageFile whole = new ImageFile(Files.writeString(folder.resolve(picture + ".png"), "picture " + picture));
            for (int left = 0; left < 3; left++) {
                Region region = new Region(left, 0, 5, 5);
                images.add(new LabeledImage(
                        region.in(picture + ".png"), new ImageFile(whole.path(), region), picture % 3, Map.of()));
            }
        }
        for (List<LabeledImage> part :
                splitter(rule, 1).splits(images, 0.2, 0.2).values()) {
            assertThat(part.stream()
                            .collect(Collectors.groupingBy(image -> image.name().split("#")[0], Collectors.counting()))
                            .values())
                    .isNotEmpty()
                    .containsOnly(3L);
        }
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void equalImagesStayTogether(Rule rule) {
        List<LabeledImage> images = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            images.add(TestingImages.image("image-" + i, i % 3, "content " + i % 25, ""));
        }
        assertThat(LeakCheck.images(splitter(rule, 1).splits(images, 0.2, 0.2))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void theOrderOfTheListDoesNotMatterAndTheSeedDoes(Rule rule) {
        List<LabeledImage> reversed = new ArrayList<>(TWO_LABELS);
        Collections.reverse(reversed);
        List<LabeledImage> test = splitter(rule, 1).splits(TWO_LABELS, 0.1, 0.2).get(Split.TEST);
        assertThat(splitter(rule, 1).splits(reversed, 0.1, 0.2).get(Split.TEST))
                .containsExactlyInAnyOrderElementsOf(test);
        assertThat(splitter(rule, 2).splits(TWO_LABELS, 0.1, 0.2).get(Split.TEST))
                .isNotEqualTo(test);
    }

    @Test
    void tooFewSubjectsAreRefused() {
        List<LabeledImage> images = List.of(
                TestingImages.image("a", 1, "a", "one"),
                TestingImages.image("b", 1, "b", "one"),
                TestingImages.image("c", 1, "c", "two"));
        assertThatThrownBy(() -> splitter(Rule.GROUPED, 1).splits(images, 0.1, 0.1))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("2 subjects (attribute person) are too few");
    }

    @Test
    @Timeout(60)
    void moreFoldsThanImagesAreRefusedWhateverTheirNumber() {
        assertThatThrownBy(() -> splitter(Rule.STRATIFIED, 1).folds(TWO_LABELS, Integer.MAX_VALUE))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("100 different images are too few");
    }

    @Test
    void aFoldIsTheTestAndTheNextOneValidates() {
        List<List<LabeledImage>> folds = splitter(Rule.STRATIFIED, 1).folds(TWO_LABELS, 4);
        Map<Split, List<LabeledImage>> last = Folds.splits(folds, 3);
        assertThat(last.get(Split.TEST)).isEqualTo(folds.get(3));
        assertThat(last.get(Split.VALIDATION)).isEqualTo(folds.get(0));
        assertThat(last.get(Split.TRAIN)).hasSize(50).containsAll(folds.get(1)).containsAll(folds.get(2));
    }

    private static Splitter splitter(Rule rule, long seed) {
        return new Splitter(rule, SUBJECT, seed);
    }

    private static Predicate<LabeledImage> inRange(double low, double high) {
        return image -> image.label() >= low && image.label() <= high;
    }

    /** 80 images of label 1, 20 of label 5. */
    private static List<LabeledImage> twoLabels() {
        List<LabeledImage> images = new ArrayList<>(TestingImages.images(5, 20));
        images.addAll(TestingImages.images(1, 80));
        return images;
    }
}
