package io.numclip.runner.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupColumnsTest {

    @Test
    void aTestOfAnotherVendorIsSeen() {
        assertThat(GroupColumns.newInTest(splits("vendor", "a a b b", "a b", "c c c")))
                .contains("vendor");
        assertThat(GroupColumns.sentences(splits("vendor", "a a b b", "a b", "c c c")))
                .containsExactly(
                        "test images have other values of 'vendor' than all others: settings are compared on parts with"
                                + " values of their own");
    }

    @Test
    void validationOnTheSameSideAsTheTestNeedsNothing() {
        assertThat(GroupColumns.newInTest(splits("vendor", "a a b b", "d d", "c c c")))
                .isEmpty();
        assertThat(GroupColumns.newInTest(splits("vendor", "a a b b", "a b", "a c c")))
                .isEmpty();
    }

    @Test
    void aSingleVendorCannotBeHeldOut() {
        assertThat(GroupColumns.newInTest(splits("vendor", "a a a a", "a a", "c c c")))
                .isEmpty();
    }

    @Test
    void namesAndMeasuresAreNoGroups() {
        assertThat(GroupColumns.newInTest(splits("id", "1 2 3 4", "1 2", "7 8 9")))
                .isEmpty();
        assertThat(GroupColumns.newInTest(splits("blur", "0.1 0.1 0.2 0.2", "0.1 0.2", "0.3 0.3 0.3")))
                .isEmpty();
    }

    private static Map<Split, List<LabeledImage>> splits(String column, String train, String validation, String test) {
        return Map.of(
                Split.TRAIN, images(column, train),
                Split.VALIDATION, images(column, validation),
                Split.TEST, images(column, test));
    }

    private static List<LabeledImage> images(String column, String values) {
        LabeledImage any = TrialPartTest.images("i", 1).get(0);
        return Arrays.stream(values.split(" "))
                .map(value -> new LabeledImage(any.name(), any.source(), 0, Map.of(column, value)))
                .toList();
    }
}
