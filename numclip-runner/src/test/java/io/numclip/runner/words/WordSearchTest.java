package io.numclip.runner.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Images and words lie on a half circle: an image of bin k at 0, 60 and 120 degrees. */
class WordSearchTest {

    private static final SeenImages IMAGES = images(0, 60, 120);

    @Test
    void wordsThatFitTheImagesAreFound() {
        Candidates candidates = new Candidates(
                List.of(List.of("low", "small"), List.of("middle"), List.of("high", "large")), List.of("{}"));
        // 'low' looks like the middle, 'high' like the low end
        ReadSentences sentences = sentences(List.of(65, 5, 60, 10, 115));
        WordSearch search = new WordSearch(candidates, sentences, IMAGES);
        Wording found = search.single();
        assertThat(found.words()).containsExactly(1, 0, 1);
        assertThat(search.score(found, IMAGES)).isEqualTo(new Score(9, 9, 1));
    }

    @Test
    void theRecipesWordsStayWhereOthersAreNoBetter() {
        Candidates candidates = new Candidates(
                List.of(List.of("low", "small"), List.of("middle", "medium"), List.of("high", "large")), List.of("{}"));
        ReadSentences sentences = sentences(List.of(0, 1, 60, 61, 120, 121));
        WordSearch search = new WordSearch(candidates, sentences, IMAGES);
        Wording found = search.ensemble(search.single());
        assertThat(found).isEqualTo(new Wording(List.of(0), List.of(0, 0, 0)));
    }

    @Test
    void theBestTemplateIsFoundAndAnEnsembleGrowsOnlyWhereItHelps() {
        Candidates candidates = new Candidates(
                List.of(List.of("low"), List.of("middle"), List.of("high")), List.of("turned {}", "{}", "other {}"));
        ReadSentences one = sentences(List.of(90, 150, 210), List.of(0, 60, 120), List.of(170, 230, 290));
        WordSearch search = new WordSearch(candidates, one, IMAGES);
        assertThat(search.ensemble(search.single()).templates()).containsExactly(1);

        ReadSentences both = sentences(List.of(45, 100, 160), List.of(-45, 20, 80), List.of(170, 230, 290));
        WordSearch ensembles = new WordSearch(candidates, both, IMAGES);
        Wording found = ensembles.ensemble(ensembles.single());
        assertThat(found.templates()).containsExactlyInAnyOrder(0, 1);
        assertThat(ensembles.score(found, IMAGES).right()).isEqualTo(9);
    }

    @Test
    void hitsAreThoseOfTheLikeliestConcept() {
        assertThat(IMAGES.hits(List.of(at(0), at(60), at(200)))).containsExactly(1, 1, 1, 1, 1, 1, 0, 0, 0);
    }

    private static ReadSentences sentences(List<?>... templates) {
        return new ReadSentences(List.of(templates).stream()
                .map(degrees ->
                        degrees.stream().map(degree -> at((Integer) degree)).toList())
                .toList());
    }

    /** Three images around each angle, of any length. */
    private static SeenImages images(int... degrees) {
        return new SeenImages(
                IntStream.of(degrees)
                        .boxed()
                        .flatMap(degree -> List.of(at(degree - 9), at(degree), at(degree + 9)).stream())
                        .toList(),
                IntStream.range(0, 3 * degrees.length).mapToObj(i -> i / 3).toList());
    }

    private static float[] at(double degrees) {
        double angle = Math.toRadians(degrees);
        return new float[] {(float) (3 * Math.cos(angle)), (float) (3 * Math.sin(angle))};
    }
}
