package io.numclip.runner.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScatterTest {

    @Test
    void pointsOfFewLabelsAreMovedAndStayBesideTheirOwnLabel() {
        List<Scatter.Point> points = IntStream.range(0, 40)
                .mapToObj(i -> new Scatter.Point(i % 4, 1, "image " + i))
                .toList();
        assertThat(Scatter.isJittered(points)).isTrue();
        Axis axis = Axis.exact("", -1, 4);
        String chart = Scatter.of("", axis, axis, points).toString();
        List<Double> places = Pattern.compile("<circle class=\"point\" cx=\"([\\d.]+)%")
                .matcher(chart)
                .results()
                .map(match -> Double.parseDouble(match.group(1)) / 20 - 1)
                .toList();
        assertThat(places).hasSize(40);
        IntStream.range(0, 40)
                .forEach(i -> assertThat(Math.abs(places.get(i) - i % 4)).isLessThan(0.35));
    }

    @Test
    void pointsOfManyLabelsStayWhereTheyAre() {
        List<Scatter.Point> points = IntStream.range(0, 200)
                .mapToObj(i -> new Scatter.Point(i, 1, ""))
                .toList();
        assertThat(Scatter.isJittered(points)).isFalse();
    }
}
