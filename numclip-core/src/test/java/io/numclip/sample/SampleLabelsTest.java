package io.numclip.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.Split;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SampleLabelsTest {

    private static final Bins BINS =
            new Bins(List.of(new Bin("none", 0, 1, 0), new Bin("few", 1, 6, 3), new Bin("many", 6, 20, 12)));

    @Test
    void everyWholeNumberOfTheScaleComes() {
        assertThat(labels().distinct().sorted())
                .containsExactlyElementsOf(IntStream.rangeClosed(0, 20).boxed().toList());
    }

    @Test
    void narrowConceptsAreFrequent() {
        Map<Integer, Long> counts =
                labels().collect(Collectors.groupingBy(label -> BINS.indexOf(label), Collectors.counting()));
        assertThat(counts.values()).allMatch(count -> count > 150);
    }

    @Test
    void labelsWithinAConceptAreEven() {
        Map<Integer, Long> counts = labels().filter(label -> label >= 6)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        long least = counts.values().stream().min(Long::compare).orElseThrow();
        long most = counts.values().stream().max(Long::compare).orElseThrow();
        assertThat(most - least).isLessThanOrEqualTo(4);
    }

    private static Stream<Integer> labels() {
        return IntStream.range(0, 1000)
                .mapToObj(index -> SampleLabels.whole(new SampleKey("world-1", Split.TRAIN, index, 1), BINS));
    }
}
