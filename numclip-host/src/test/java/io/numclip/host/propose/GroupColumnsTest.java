package io.numclip.host.propose;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.dataset.TaskData;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupColumnsTest {

    @Test
    void aTestOfAnotherVendorIsSeen() {
        LabelSurvey survey = survey("vendor", "a a b b", "a b", "c c c");
        assertThat(survey.newInTest()).contains("vendor");
        assertThat(GroupColumns.sentences(survey))
                .containsExactly(
                        "test images have other values of 'vendor' than all others: settings are compared on parts with"
                                + " values of their own");
    }

    @Test
    void splitsAtRandomSayNothing() {
        LabelSurvey named = survey("vendor", "a a b b", "a b", "c c c");
        assertThat(new LabelSurvey(named.data(), named.splits(), false).newInTest())
                .isEmpty();
    }

    @Test
    void validationOnTheSameSideAsTheTestNeedsNothing() {
        assertThat(newInTest("vendor", "a a b b", "d d", "c c c")).isEmpty();
        assertThat(newInTest("vendor", "a a b b", "a b", "a c c")).isEmpty();
    }

    @Test
    void aSingleVendorCannotBeHeldOut() {
        assertThat(newInTest("vendor", "a a a a", "a a", "c c c")).isEmpty();
    }

    @Test
    void namesAndMeasuresAreNoGroups() {
        assertThat(newInTest("id", "1 2 3 4", "1 2", "7 8 9")).isEmpty();
        assertThat(newInTest("blur", "0.1 0.1 0.2 0.2", "0.1 0.2", "0.3 0.3 0.3"))
                .isEmpty();
    }

    @Test
    void groupsThatNoTwoSplitsShareKeepTheirImagesTogether() {
        assertThat(survey("vendor", "a a b b", "d d", "c c c").group()).isEqualTo("vendor");
        assertThat(survey("vendor", "a a b b", "a b", "c c c").group()).isEqualTo("vendor");
        assertThat(survey("vendor", "a a b b", "a b", "a c c").group()).isEqualTo("subject");
    }

    private static Optional<String> newInTest(String column, String train, String validation, String test) {
        return survey(column, train, validation, test).newInTest();
    }

    private static LabelSurvey survey(String column, String train, String validation, String test) {
        Map<Split, List<LabeledImage>> splits = Map.of(
                Split.TRAIN, images(column, train),
                Split.VALIDATION, images(column, validation),
                Split.TEST, images(column, test));
        return new LabelSurvey(TaskData.of("csv", ""), splits, true);
    }

    private static List<LabeledImage> images(String column, String values) {
        LabeledImage any = TrialPartTest.images("i", 1).get(0);
        return Arrays.stream(values.split(" "))
                .map(value -> new LabeledImage(any.name(), any.source(), 0, Map.of(column, value)))
                .toList();
    }
}
