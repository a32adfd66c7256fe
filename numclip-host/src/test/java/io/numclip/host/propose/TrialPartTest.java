package io.numclip.host.propose;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.ImageSource;
import io.numclip.data.LabeledImage;
import io.numclip.evaluation.EvaluationConfig;
import io.numclip.evaluation.Evaluator;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrialPartTest {

    @Test
    void whatChoosesIsNeitherLearnedNorMeasured() {
        List<LabeledImage> all = images("t", 30);
        TrialPart part = new TrialPart(all.subList(0, 20), all.subList(20, 30));
        TrialPart choosing = part.choosing(LabeledImage.SUBJECT);
        assertThat(choosing.train()).hasSize(16).doesNotContainAnyElementsOf(choosing.validation());
        assertThat(choosing.validation()).hasSize(4).doesNotContainAnyElementsOf(part.validation());
    }

    @Test
    void fewImagesAreDividedSeveralTimes() {
        List<LabeledImage> train = images("t", 18);
        List<LabeledImage> validation = images("v", 6);
        List<TrialPart> parts = TrialPart.of(train, validation, false, LabeledImage.SUBJECT);
        assertThat(parts).hasSize(5);
        for (TrialPart part : parts) {
            assertThat(part.train()).as("as many as there are to train on").hasSize(18);
            assertThat(part.train()).doesNotHaveDuplicates().doesNotContainAnyElementsOf(part.validation());
        }
        assertThat(parts).extracting(part -> part.validation().size()).containsExactlyInAnyOrder(5, 5, 5, 5, 4);
        assertThat(parts).flatExtracting(TrialPart::validation).doesNotHaveDuplicates();
        List<LabeledImage> enough = images("v", 100);
        assertThat(TrialPart.of(train, enough, false, LabeledImage.SUBJECT))
                .containsExactly(new TrialPart(train, enough));
    }

    @Test
    void aSubjectIsOnOneSideOnly() {
        List<LabeledImage> all = by(LabeledImage.SUBJECT, 7);
        List<TrialPart> parts = TrialPart.of(all.subList(0, 24), all.subList(24, 30), false, LabeledImage.SUBJECT);
        assertThat(parts).hasSize(5).allMatch(part -> part.size() > 20);
        for (TrialPart part : parts) {
            assertThat(values(part.train(), LabeledImage.SUBJECT))
                    .doesNotContainAnyElementsOf(values(part.validation(), LabeledImage.SUBJECT));
        }
    }

    @Test
    void validationIsByWhatIsNewInTheTest() {
        List<LabeledImage> all = by("vendor", 3);
        List<TrialPart> parts = TrialPart.of(all.subList(0, 24), all.subList(24, 30), true, "vendor");
        assertThat(parts).as("one for each vendor").hasSize(3);
        for (TrialPart part : parts) {
            List<String> vendors = values(part.validation(), "vendor");
            assertThat(vendors).containsOnly(vendors.get(0));
            assertThat(values(part.train(), "vendor")).doesNotContainAnyElementsOf(vendors);
        }
    }

    @Test
    void oneSubjectCannotBeDivided() {
        LabeledImage image = images("t", 1).get(0);
        List<LabeledImage> all = IntStream.range(0, 30)
                .mapToObj(i ->
                        new LabeledImage("t" + i, new Unread("t" + i), i, Map.of(LabeledImage.SUBJECT, image.name())))
                .toList();
        assertThat(TrialPart.of(all.subList(0, 24), all.subList(24, 30), false, LabeledImage.SUBJECT))
                .containsExactly(new TrialPart(all.subList(0, 24), all.subList(24, 30)));
    }

    @Test
    void imagesOfFewGroupsDoNotDecide() {
        List<LabeledImage> all = by("family", 30, 900);
        List<TrialPart> parts = TrialPart.of(all.subList(0, 780), all.subList(780, 900), false, "family");
        assertThat(parts).as("2,500 images in all").hasSize(3);
        for (TrialPart part : parts) {
            assertThat(values(part.validation(), "family").stream().distinct()).hasSize(6);
            assertThat(values(part.train(), "family")).doesNotContainAnyElementsOf(values(part.validation(), "family"));
        }
    }

    /** 1,500 are trained on, whatever there is. */
    @Test
    void ofManyImagesOfFewGroupsMoreAreSeen() {
        List<LabeledImage> all = by("family", 30, 2400);
        List<TrialPart> parts = TrialPart.of(all.subList(0, 2000), all.subList(2000, 2400), false, "family");
        assertThat(parts).hasSize(1);
        assertThat(parts.get(0).train()).hasSize(1500);
        assertThat(values(parts.get(0).validation(), "family").stream().distinct())
                .hasSize(10);
    }

    @Test
    void aConstantIsTheMedianOfTheTrainingLabels() {
        TrialPart part = new TrialPart(images("t", 3), images("v", 5)); // 0, 1, 2 and 0 to 4
        Bins bins = new Bins(List.of(new Bin("few", 0, 2, 1), new Bin("many", 2, 5, 3)));
        double constant = new Evaluator(bins, part.trainingLabels(), EvaluationConfig.defaults()).constant();
        assertThat(part.error(constant)).isEqualTo((1 + 0 + 1 + 2 + 3) / 5.0);
    }

    /** 30 images in groups. */
    private static List<LabeledImage> by(String column, int groups) {
        return by(column, groups, 30);
    }

    /** Groups lie one behind the other. */
    private static List<LabeledImage> by(String column, int groups, int count) {
        return images("t", count).stream()
                .map(image -> new LabeledImage(
                        image.name(),
                        image.source(),
                        image.label(),
                        Map.of(column, "s" + (int) image.label() * groups / count)))
                .toList();
    }

    private static List<String> values(List<LabeledImage> images, String column) {
        return images.stream()
                .map(image -> image.attributes().getOrDefault(column, ""))
                .toList();
    }

    @Test
    void ofManyImagesSomeAreTaken() {
        TrialPart only = TrialPart.of(images("t", 3000), images("v", 900), false, LabeledImage.SUBJECT)
                .get(0);
        assertThat(only.train()).hasSize(1500).doesNotHaveDuplicates();
        assertThat(only.validation())
                .hasSize(500)
                .allMatch(image -> image.name().startsWith("v"));
    }

    static List<LabeledImage> images(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new LabeledImage(name + i, new Unread(name + i), i, Map.of()))
                .toList();
    }

    /** Content of its own. */
    private record Unread(String fingerprint) implements ImageSource {
        @Override
        public BufferedImage read() throws IOException {
            throw new IOException("no pixels");
        }
    }
}
