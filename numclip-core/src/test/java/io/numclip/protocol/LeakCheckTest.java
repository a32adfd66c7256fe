package io.numclip.protocol;

import static io.numclip.protocol.TestingImages.SUBJECT;
import static io.numclip.protocol.TestingImages.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.LabeledImage;
import io.numclip.data.Region;
import io.numclip.data.Split;
import io.numclip.image.ImageFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeakCheckTest {

    @TempDir
    Path folder;

    @Test
    void cleanSplitsHaveNoLeak() {
        assertThat(LeakCheck.leaks(
                        splits(
                                List.of(image("a", 1, "x", "ann"), image("b", 1, "x", "ann")),
                                List.of(image("c", 1, "y", "")),
                                List.of(image("d", 1, "z", ""))),
                        SUBJECT))
                .isEmpty();
    }

    @Test
    void anImageInTwoSplitsIsFoundByItsContent() {
        List<Leak> leaks = LeakCheck.leaks(
                splits(
                        List.of(image("a", 1, "x", "")),
                        List.of(image("b", 2, "y", "")),
                        List.of(image("c", 1, "x", ""))),
                SUBJECT);
        assertThat(leaks).containsExactly(new Leak(Leak.Kind.IMAGES, 1, List.of("train a = test c")));
    }

    @Test
    void filesAreComparedByAllTheirBytes() throws IOException {
        String tail = "t".repeat(5000);
        Map<Split, List<LabeledImage>> splits = splits(
                List.of(TestingImages.file(folder, "a.png", 1, "one" + tail)),
                List.of(TestingImages.file(folder, "b.png", 1, "two" + tail)),
                List.of(TestingImages.file(folder, "c.png", 1, "one" + tail)));
        assertThat(LeakCheck.images(splits).orElseThrow().examples()).containsExactly("train a.png = test c.png");
    }

    @Test
    void twoRegionsOfAPictureInTwoSplitsAreALeak() throws IOException {
        LabeledImage picture = TestingImages.file(folder, "g.png", 1, "group");
        LabeledImage copy = TestingImages.file(folder, "copy.png", 1, "group");
        List<LabeledImage> clean = List.of(region(picture, 0), region(copy, 7));
        assertThat(LeakCheck.images(splits(clean, List.of(), List.of()))).isEmpty();
        Map<Split, List<LabeledImage>> splits =
                splits(List.of(region(picture, 0)), List.of(), List.of(region(picture, 5), region(copy, 0)));
        assertThat(LeakCheck.images(splits).orElseThrow())
                .isEqualTo(
                        new Leak(
                                Leak.Kind.IMAGES,
                                1,
                                List.of(
                                        "train g.png#xywh=0,0,2,2 and test g.png#xywh=5,0,2,2 and test copy.png#xywh=0,0,2,2")));
    }

    private static LabeledImage region(LabeledImage picture, int left) {
        Region region = new Region(left, 0, 2, 2);
        ImageFile file = new ImageFile(((ImageFile) picture.source()).path(), region);
        return new LabeledImage(region.in(picture.name()), file, 1, Map.of());
    }

    @Test
    void aFileThatCannotBeReadIsNoLeak() {
        LabeledImage gone = new LabeledImage("gone", new ImageFile(folder.resolve("gone.png")), 1, Map.of());
        assertThat(LeakCheck.images(splits(List.of(gone), List.of(gone), List.of(gone))))
                .isEmpty();
    }

    @Test
    void subjectsAreCountedAndFiveAreNamed() {
        List<LabeledImage> train = new ArrayList<>();
        List<LabeledImage> test = new ArrayList<>();
        for (int person = 1; person <= 8; person++) {
            train.add(image("train-" + person, 1, "train " + person, "p" + person));
            train.add(image("other-" + person, 1, "other " + person, "p" + person));
            test.add(image("test-" + person, 1, "test " + person, "p" + (person + 1)));
        }
        Leak leak = LeakCheck.subjects(splits(train, List.of(), test), SUBJECT).orElseThrow();
        assertThat(leak.count()).isEqualTo(7);
        assertThat(leak.examples()).hasSize(5).startsWith("person p2 (2 train, 1 test)");
        assertThat(leak.sentence())
                .startsWith("7 subjects appear in more than one split: person p2 (2 train, 1 test); person p3 ")
                .endsWith("; and 2 more");
    }

    private static Map<Split, List<LabeledImage>> splits(
            List<LabeledImage> train, List<LabeledImage> validation, List<LabeledImage> test) {
        return Map.of(Split.TRAIN, train, Split.VALIDATION, validation, Split.TEST, test);
    }
}
