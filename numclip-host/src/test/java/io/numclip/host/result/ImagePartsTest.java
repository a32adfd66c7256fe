package io.numclip.host.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.host.assembly.TestingFolds;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImagePartsTest {

    @Test
    void aVendorThatOnlyTheTestHasIsNamed() {
        assertThat(unseen(images("vendor", "noto"), images("vendor", "fluent", "twemoji")))
                .containsExactly(
                        "no test image has a vendor that training saw (test: noto; training: fluent, twemoji)");
    }

    @Test
    void aColumnWithAValueThatBothHaveIsNot() {
        assertThat(unseen(images("vendor", "noto", "fluent"), images("vendor", "fluent", "twemoji")))
                .isEmpty();
    }

    @Test
    void nothingIsSaidOfNumbersGapsGroupsOrColumnsThatOneSideLacks() {
        assertThat(unseen(images("vendor", "1", "2"), images("vendor", "3"))).isEmpty();
        assertThat(unseen(images("vendor", "noto", ""), images("vendor", "fluent")))
                .isEmpty();
        assertThat(unseen(images("person", "ann"), images("person", "bob"))).isEmpty();
        assertThat(unseen(images("vendor", "noto"), images("other", "fluent"))).isEmpty();
    }

    /** As names of files are. */
    @Test
    void nothingIsSaidOfAColumnWithAValueForEachImage() {
        String[] names = IntStream.range(0, 12).mapToObj(i -> "a" + i).toArray(String[]::new);
        assertThat(unseen(images("file", names), images("file", "b"))).isEmpty();
    }

    private static List<String> unseen(List<LabeledImage> test, List<LabeledImage> training) {
        return ImageParts.unseen(test, training, "person");
    }

    private static List<LabeledImage> images(String column, String... values) {
        LabeledImage any = new TestingFolds().images(Split.TEST).get(0);
        return IntStream.range(0, 12)
                .mapToObj(
                        i -> new LabeledImage("image-" + i, any.source(), 1, Map.of(column, values[i % values.length])))
                .toList();
    }
}
