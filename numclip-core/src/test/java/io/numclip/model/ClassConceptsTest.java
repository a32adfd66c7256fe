package io.numclip.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.Prediction;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassConceptsTest {

    private static final Bins RANKS = new Bins(IntStream.rangeClosed(0, 5)
            .mapToObj(rank -> new Bin("number " + rank, Math.max(0, rank - 0.5), Math.min(5, rank + 0.5), rank))
            .toList());
    private static final Bins CONCEPTS = new Bins(List.of(new Bin("few", 0, 3, 1), new Bin("many", 3, 5, 4)));
    private static final double[][] TWO_IMAGES = {{.1, .1, .1, .2, .2, .3}, {1, 0, 0, 0, 0, 0}};

    @Test
    void aConceptHasTheProbabilitiesOfTheRanksInIt() {
        ClassConcepts classes = new ClassConcepts(RANKS, CONCEPTS);
        List<Prediction.Concept> first = classes.concepts(TWO_IMAGES[0]);
        assertThat(first).extracting(Prediction.Concept::concept).containsExactly("few", "many");
        assertThat(first.get(0).probability()).isCloseTo(0.3, within(1e-6));
        assertThat(first.get(1).probability()).isCloseTo(0.7, within(1e-6));
        assertThat(classes.concepts(TWO_IMAGES[1]).get(0).probability()).isEqualTo(1);
    }

    @Test
    void classesThatAreTheConceptsKeepTheirProbabilities() {
        double[] probabilities = {.25, .75};
        assertThat(new ClassConcepts(CONCEPTS, CONCEPTS).concepts(probabilities))
                .extracting(Prediction.Concept::probability)
                .containsExactly(0.25, 0.75);
    }
}
