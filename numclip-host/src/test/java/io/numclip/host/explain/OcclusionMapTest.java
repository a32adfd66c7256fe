package io.numclip.host.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.numclip.data.Prediction;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OcclusionMapTest {

    @Test
    void theWeightLiesOnTheThingThatTheNumberComesFrom() {
        OcclusionMap map = OcclusionMap.of(picture(), 100, OcclusionMapTest::whiteness);
        assertThat(Arrays.stream(map.weights()).sum()).isEqualTo(1, within(1e-9));
        assertThat(on(map)).isEqualTo(1, within(1e-9));
    }

    @Test
    void onlyWhatCountsIsLight() {
        OcclusionMap map = OcclusionMap.of(picture(), 100, OcclusionMapTest::whiteness);
        BufferedImage over = map.over(picture());
        assertThat(new Color(over.getRGB(20, 20)).getRed()).isGreaterThan(200);
        assertThat(new Color(over.getRGB(70, 70)).getRed()).isLessThan(40);
    }

    @Test
    void anAnswerThatNothingChangesComesFromNowhere() {
        OcclusionMap map = OcclusionMap.of(
                picture(),
                100,
                images -> images.stream().map(image -> prediction(5)).toList());
        assertThat(map.weights())
                .hasSize(OcclusionMap.CELLS * OcclusionMap.CELLS)
                .containsOnly(0);
        assertThat(map.over(picture()).getRGB(70, 70)).isEqualTo(picture().getRGB(70, 70));
    }

    /** A white square on grey, from 10 to 30 of 80 pixels: the second and the third cell of two rows. */
    private static BufferedImage picture() {
        BufferedImage picture = new BufferedImage(80, 80, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.GRAY);
        graphics.fillRect(0, 0, 80, 80);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(10, 10, 20, 20);
        graphics.dispose();
        return picture;
    }

    private static double on(OcclusionMap map) {
        return IntStream.range(0, map.weights().length)
                .filter(cell -> List.of(1, 2).contains(cell / OcclusionMap.CELLS))
                .filter(cell -> List.of(1, 2).contains(cell % OcclusionMap.CELLS))
                .mapToDouble(cell -> map.weights()[cell])
                .sum();
    }

    /** How many pixels are white. */
    private static List<Prediction> whiteness(List<BufferedImage> images) {
        return images.stream()
                .map(image -> prediction(IntStream.range(0, 80 * 80)
                        .filter(i -> image.getRGB(i % 80, i / 80) == Color.WHITE.getRGB())
                        .count()))
                .toList();
    }

    private static Prediction prediction(double value) {
        return new Prediction(value, List.of(new Prediction.Concept("any", 1)));
    }
}
