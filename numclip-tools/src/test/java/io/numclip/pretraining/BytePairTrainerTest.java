package io.numclip.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CancellationException;
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

    /** The word {@code apple}, again and again; from one reading on, the thread is asked to stop. */
    private static final class Apples extends AbstractList<String> {
        private final int count;
        private final int calm;
        private int read;

        Apples(int count, int calm) {
            this.count = count;
            this.calm = calm;
        }

        @Override
        public String get(int index) {
            read++;
            return "apple";
        }

        @Override
        public int size() {
            if (read >= calm) {
                Thread.currentThread().interrupt();
            }
            return count;
        }
    }

    @Test
    void countingWordsEndsWhenItIsAskedTo() {
        Apples apples = new Apples(1000, 5);
        assertThatThrownBy(() -> BytePairTrainer.merges(apples, 600)).isInstanceOf(CancellationException.class);
        assertThat(apples.read).isEqualTo(6);
    }

    @Test
    void mergingEndsWhenItIsAskedTo() {
        Apples apples = new Apples(5, 5);
        assertThatThrownBy(() -> BytePairTrainer.merges(apples, 600)).isInstanceOf(CancellationException.class);
    }
}
