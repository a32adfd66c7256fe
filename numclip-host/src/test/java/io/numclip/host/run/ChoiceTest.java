package io.numclip.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.numclip.data.ImageSource;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.uncertainty.Size;
import io.numclip.uncertainty.adjustment.Adjustment;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoiceTest {

    private static final LabelScale YEARS = new LabelScale(0, 100, "years", true);
    private static final int SETS = 200;

    /** Without pixels. */
    private record Nothing() implements ImageSource {
        @Override
        public BufferedImage read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String fingerprint() {
            return "";
        }
    }

    /** Numbers whose labels are {@code 50 + slope · (number − 50) + offset}, but for errors with heavy ends and an SD of 4. */
    private static LabeledPredictions images(int count, double offset, double slope, Random random) {
        List<LabeledImage> images = new ArrayList<>();
        List<Prediction> predictions = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            double label = Math.rint(100 * random.nextDouble());
            double error = random.nextGaussian() * (random.nextInt(10) == 0 ? 9 : 3);
            double number = 50 + (label - offset - error - 50) / slope;
            images.add(new LabeledImage("image " + n, new Nothing(), label, Map.of()));
            predictions.add(new Prediction(number, List.of()));
        }
        return new LabeledPredictions(images, predictions);
    }

    private static Choice choice(LabeledPredictions network) {
        LabeledPredictions now = Choice.onScale(network, network.values(), YEARS);
        return Choice.of(network, now.errors(), YEARS, Size.groups(network.images(), ""), false);
    }

    private static double error(LabeledPredictions network, Adjustment by) {
        double sum = 0;
        for (int n = 0; n < network.size(); n++) {
            sum += Math.abs(network.labels()[n] - YEARS.clamp(by.of(network.values()[n])));
        }
        return sum / network.size();
    }

    /** Sets of which most say nothing, and what the choice makes of the error of other images. */
    @ParameterizedTest
    @CsvSource({"10, 0, 1", "20, 0, 1", "50, 0, 1", "10, 1, 1", "20, 1, 1", "50, 1, 1", "10, 0, 1.03", "50, 0, 1.03"})
    void seldomAndNeverByMuchIsAnErrorLarger(int count, double offset, double slope) {
        Random random = new Random(7);
        LabeledPredictions others = images(400, offset, slope, random);
        double before = error(others, Adjustment.NONE);
        double sum = 0;
        int worse = 0;
        for (int set = 0; set < SETS; set++) {
            double after =
                    error(others, choice(images(count, offset, slope, random)).adjustment());
            sum += after / SETS;
            worse += after > 1.01 * before ? 1 : 0;
        }
        assertThat((double) worse / SETS).as("share of sets that make it worse").isLessThanOrEqualTo(0.1);
        assertThat(sum / before).as("mean error").isLessThanOrEqualTo(1.015);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 6, 1, 0.9",
        "20, 2.7, 1, 0.97",
        "50, 2.7, 1, 0.85",
        "10, 0, 1.3, 0.85",
        "20, 3, 1.3, 0.5",
        "50, 3, 0.8, 0.5"
    })
    void whatIsPlantedIsRepaired(int count, double offset, double slope, double most) {
        Random random = new Random(7);
        LabeledPredictions others = images(400, offset, slope, random);
        double sum = 0;
        for (int set = 0; set < SETS / 2; set++) {
            sum += error(others, choice(images(count, offset, slope, random)).adjustment());
        }
        assertThat(2 * sum / SETS / error(others, Adjustment.NONE)).isLessThan(most);
    }

    @Test
    void heldOutNumbersAreOfOtherImages() {
        LabeledPredictions network = images(20, 8, 1, new Random(1));
        Choice found = choice(network);
        assertThat(found.adjustment().slope()).isEqualTo(1);
        assertThat(found.adjustment().offset()).isCloseTo(8, within(2.5));
        assertThat(found.chance()).isLessThan(0.05);
        assertThat(found.error().difference()).isNegative();
        assertThat(Arrays.stream(found.heldOut().values())).allMatch(LabelScale::isWhole);
        assertThat(found.heldOut().errors()).hasSize(20);
    }

    @Test
    void imagesOfOneGroupCountOnce() {
        LabeledPredictions network = images(20, 8, 1, new Random(1));
        LabeledPredictions now = Choice.onScale(network, network.values(), YEARS);
        List<String> pairs = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            pairs.add("group " + n % 5);
        }
        assertThat(Choice.of(network, now.errors(), YEARS, pairs, false).changes())
                .as("five groups tell nothing")
                .isFalse();
    }

    @Test
    void wordsAreLeftOnlyForSmallerErrors() {
        LabeledPredictions network = images(20, 8, 1, new Random(1));
        double[] right = new double[20];
        List<String> groups = Size.groups(network.images(), "");
        assertThat(Choice.of(network, right, YEARS, groups, true).changes()).isFalse();
        double[] wrong = network.errors();
        for (int n = 0; n < wrong.length; n++) {
            wrong[n] += 20;
        }
        assertThat(Choice.of(network, wrong, YEARS, groups, true).changes()).isTrue();
    }
}
