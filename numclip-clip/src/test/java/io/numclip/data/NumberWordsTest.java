package io.numclip.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NumberWordsTest {

    @Test
    void numbersAreWrittenAsPeopleSayThem() {
        assertThat(IntStream.of(0, 7, 13, 20, 37, 100, 101, 999, 1_000, 12_345, 800_000, -5)
                        .mapToObj(NumberWords::of))
                .containsExactly(
                        "zero",
                        "seven",
                        "thirteen",
                        "twenty",
                        "thirty seven",
                        "one hundred",
                        "one hundred one",
                        "nine hundred ninety nine",
                        "one thousand",
                        "twelve thousand three hundred forty five",
                        "eight hundred thousand",
                        "minus five");
    }

    @Test
    void everyNumberHasWordsOfItsOwn() {
        assertThat(IntStream.range(-2_000, 20_000).mapToObj(NumberWords::of)).doesNotHaveDuplicates();
        assertThat(IntStream.range(0, 3_000).mapToObj(NumberWords::ofYear)).doesNotHaveDuplicates();
    }

    @Test
    void yearsOutsideThePairsAreNumbers() {
        assertThat(IntStream.of(476, 1066, 1937, 2000, 2005, 2024).mapToObj(NumberWords::ofYear))
                .containsExactly(
                        "four hundred seventy six",
                        "one thousand sixty six",
                        "nineteen thirty seven",
                        "two thousand",
                        "two thousand five",
                        "two thousand twenty four");
    }

    @Test
    void aMillionHasNoWords() {
        assertThatIllegalArgumentException().isThrownBy(() -> NumberWords.of(1_000_000));
        assertThatIllegalArgumentException().isThrownBy(() -> NumberWords.of(Integer.MIN_VALUE));
    }
}
