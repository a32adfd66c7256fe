package io.numclip.host.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.LabelScale;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {

    @Test
    void whatRoundingHasLeftOfZeroIsZero() {
        assertThat(PlainText.measured(1e-16)).isEqualTo("0.000");
        assertThat(PlainText.measured(-1e-16)).isEqualTo("0.000");
        assertThat(PlainText.figure(-0.0)).isEqualTo("0.000");
        assertThat(PlainText.measured(-6e-7)).isEqualTo("-0.000001");
        assertThat(PlainText.figure(-0.25)).isEqualTo("−0.250");
    }

    @Test
    void aNumberThatIsRoundedToZeroHasNoMinus() {
        assertThat(PlainText.rounded(-0.0004, 3)).isEqualTo("0.000");
        assertThat(PlainText.rounded(-0.4, 0)).isEqualTo("0");
        assertThat(PlainText.rounded(-0.0006, 3)).isEqualTo("-0.001");
        assertThat(PlainText.number(-1e-9, new LabelScale(0, 10, "m"))).isEqualTo("0.00");
    }

    @Test
    void oneIsNotSeveral() {
        assertThat(PlainText.counted(1, "image")).isEqualTo("1 image");
        assertThat(PlainText.counted(0, "image")).isEqualTo("0 images");
        assertThat(PlainText.counted(2, "image was", "images were")).isEqualTo("2 images were");
    }

    @Test
    void noTwoTextsHaveTheSameCell() {
        String[] parts = {
            "'", "=", "-", "1", ".5", "\\", "u001b", "u005c", "\u001b", "\u200b", " ", "\r\n", "\n", "\r", "a"
        };
        Set<String> texts = new HashSet<>(Set.of("=1.png", "'=1.png", "''=1.png", "\\u001b", "\u001b"));
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(6), 0, parts.length).forEach(part -> text.append(parts[part]));
            texts.add(text.toString());
        }
        assertThat(texts.stream().map(PlainText::cell)).doesNotHaveDuplicates();
        assertThat(texts)
                .allSatisfy(text ->
                        assertThat(PlainText.ofCell(PlainText.cell(text))).isEqualTo(text));
        assertThat(texts.stream().map(PlainText::cell)).noneMatch(cell -> cell.startsWith("="));
    }

    @ParameterizedTest
    @CsvSource({
        "1, years, 1 year", "1, things, 1 thing", "2, years, 2 years", "1.5, years, 1.5 years", "1, percent, 1 percent",
        "1, classes, 1 classes", "1, inches, 1 inches", "1, stories, 1 stories", "1, m/s, 1 m/s",
                "1, Celsius, 1 Celsius",
        "1, grades, 1 grade", "1, images of it, 1 images of it"
    })
    void oneOfAPluralIsSingular(String number, String unit, String text) {
        assertThat(PlainText.quantity(number, unit)).isEqualTo(text);
    }

    @Test
    void anIntervalOfOneNumberIsThatNumber() {
        LabelScale scale = new LabelScale(0, 10, "things");
        assertThat(PlainText.between(4, 4, scale)).isEqualTo("4");
        assertThat(PlainText.between(4, 4.001, scale)).isEqualTo("4 to 4.00");
        assertThat(PlainText.between(4.001, 4.002, scale)).isEqualTo("4.00");
        assertThat(PlainText.between(3, 4.5, scale)).isEqualTo("3 to 4.50");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 %", "0.001, < 1 %", "0.5, 50 %", "0.994, 99 %", "0.997, > 99 %", "1, 100 %"})
    void aShareIsNeverRoundedToNoneOrAll(double share, String text) {
        assertThat(PlainText.percent(share)).isEqualTo(text);
    }
}
