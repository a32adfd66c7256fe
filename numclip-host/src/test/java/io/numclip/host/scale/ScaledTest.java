package io.numclip.host.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.numclip.data.ImageSource;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.yardstick.Compared;
import io.numclip.yardstick.ComparisonScale;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** 60 images from 0 to 59, which their first feature shows; 240 comparisons, one in ten of them wrong. */
class ScaledTest {

    private static final int IMAGES = 60;
    private static final Scaled.Plan PLAN = new Scaled.Plan(0.1, 0.2, 1, 0, 59);

    private final double[][] features = features();
    private final List<Compared> compared = compared();

    private record Drawing(String fingerprint) implements ImageSource {
        @Override
        public BufferedImage read() throws IOException {
            throw new IOException("is not looked at");
        }
    }

    private static double[][] features() {
        Random random = new Random(2);
        return IntStream.range(0, IMAGES)
                .mapToObj(i -> new double[] {i / 60.0, random.nextGaussian() / 20})
                .toArray(double[][]::new);
    }

    private static List<Compared> compared() {
        Random random = new Random(3);
        return random.ints(240, 0, IMAGES)
                .mapToObj(image -> {
                    int other = (image + 1 + random.nextInt(IMAGES - 1)) % IMAGES;
                    boolean isWrong = random.nextInt(10) == 0;
                    return new Compared(image, other, image > other == isWrong ? 0 : 1);
                })
                .toList();
    }

    private ComparedImages given(double factor, int... numbers) {
        List<LabeledImage> images = IntStream.range(0, IMAGES)
                .mapToObj(i -> new LabeledImage(i + ".png", new Drawing(i + ""), factor * i, Map.of()))
                .toList();
        List<Boolean> has = IntStream.range(0, IMAGES)
                .mapToObj(i -> IntStream.of(numbers).anyMatch(number -> number == i))
                .toList();
        return new ComparedImages(images, has, compared);
    }

    @Test
    void aFewNumbersFixTheScale() {
        Scaled scaled = Scaled.of(given(1, 0, 5, 13, 21, 30, 38, 44, 50, 57, 59), features, PLAN);
        assertThat(scaled.values()[13]).as("what people say stays").isEqualTo(13);
        double error = IntStream.range(0, IMAGES)
                .mapToDouble(i -> Math.abs(scaled.values()[i] - i))
                .average()
                .orElseThrow();
        assertThat(error).as("15 for always the same number").isLessThan(5);
        assertThat(Arrays.stream(scaled.values())).allMatch(value -> value >= 0 && value <= 59);
        assertThat(scaled.sides()).containsOnly(Split.values());
        assertThat(Arrays.stream(scaled.sides()).filter(Split.TEST::equals)).hasSize(12);
        assertThat(scaled.heldOut()).hasValueSatisfying(agreement -> {
            assertThat(agreement.share()).isGreaterThan(0.75);
            assertThat(agreement.count()).isGreaterThan(50);
        });
        assertThat(scaled.width()).isBetween(1.0, 20.0);
    }

    @Test
    void noTestImageMovesATrainingImage() {
        Scaled scaled = Scaled.of(given(1), features, PLAN);
        List<Compared> own = compared.stream()
                .filter(pair ->
                        scaled.sides()[pair.image()] == Split.TRAIN && scaled.sides()[pair.other()] == Split.TRAIN)
                .toList();
        assertThat(own).hasSizeBetween(60, 200);
        ComparisonScale alone = ComparisonScale.fit(features, own);
        int[] train = IntStream.range(0, IMAGES)
                .filter(i -> scaled.sides()[i] == Split.TRAIN)
                .boxed()
                .sorted((a, b) -> Double.compare(alone.at(a), alone.at(b)))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int rank = 0; rank < train.length; rank++) {
            assertThat(scaled.values()[train[rank]]).isEqualTo(100.0 * rank / (train.length - 1), within(1e-9));
        }
    }

    @Test
    void numbersThatFallWhereComparisonsRiseAreRefused() {
        assertThatThrownBy(() -> Scaled.of(given(-1, 0, 10, 20, 30, 40, 50, 59), features, PLAN))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("numbers do not rise with what was said to be more");
        assertThatThrownBy(() -> Scaled.of(given(1, 7), features, PLAN))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("a scale needs 2 numbers that differ, or none; found 1");
    }

    @Test
    void imagesThatCannotBeReadGoWithTheirComparisons() {
        ComparedImages all = given(1, 1, 2, 3);
        ComparedImages left = all.only(all.images().subList(2, IMAGES));
        assertThat(left.images()).hasSize(58);
        assertThat(left.hasNumber().subList(0, 3)).containsExactly(true, true, false);
        assertThat(left.compared()).hasSize((int) compared.stream()
                .filter(pair -> pair.image() > 1 && pair.other() > 1)
                .count());
        assertThatThrownBy(() -> all.only(all.images().subList(0, 1)))
                .hasMessageContaining("no two images that were compared can be read");
    }
}
