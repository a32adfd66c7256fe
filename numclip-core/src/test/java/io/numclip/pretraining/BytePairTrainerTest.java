package io.numclip.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BytePairTrainerTest {

    @Test
    void frequentPairsAreMergedFirst() {
        List<List<String>> merges = BytePairTrainer.merges(List.of("low low low lower lowest", "new new"), 514 + 3);

        assertThat(merges).containsExactly(List.of("l", "o"), List.of("lo", "w</w>"), List.of("e", "w</w>"));
    }

    @Test
    void equalFrequenciesGoInAlphabeticalOrder() {
        assertThat(BytePairTrainer.merges(List.of("ba ab"), 514 + 1)).containsExactly(List.of("a", "b</w>"));
    }

    @Test
    void mergingEndsWhereEveryWordIsOneToken() {
        List<List<String>> merges = BytePairTrainer.merges(List.of("an apple"), 10_000);

        assertThat(BytePairTrainer.vocabulary(merges))
                .contains("an</w>", "apple</w>")
                .hasSize(512 + merges.size());
    }

    @Test
    void bytesComeFirstAsInTheTokenizerOfClip() {
        List<String> vocabulary = BytePairTrainer.vocabulary(List.of());

        assertThat(vocabulary).hasSize(512).doesNotHaveDuplicates();
        assertThat(vocabulary.subList(0, 3)).containsExactly("!", "\"", "#");
        assertThat(vocabulary.get(255)).isEqualTo("\u0143");
        assertThat(vocabulary.get(256)).isEqualTo("!</w>");
    }
}
