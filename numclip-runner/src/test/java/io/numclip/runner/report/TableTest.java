package io.numclip.runner.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private final Table table =
            new Table(List.of("task", "MAE"), List.of(List.of("age", "12.500 ± 0.100"), List.of("a<b", "undefined")));

    @Test
    void figuresStandAtTheRight() {
        assertThat(table.text()).isEqualTo("task             MAE\nage   12.500 ± 0.100\na<b        undefined\n");
    }

    @Test
    void markdownKeepsTheAlignment() {
        assertThat(table.markdown())
                .isEqualTo("| task | MAE |\n|---|---:|\n| age | 12.500 ± 0.100 |\n| a<b | undefined |\n");
    }

    @Test
    void htmlIsEscaped() {
        assertThat(table.html("none")).contains(">a&lt;b</td>").doesNotContain("a<b");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> new Table(List.of("one"), List.of(List.of("a", "b"))))
                .hasMessageContaining("a row needs 1 cells; found 2");
    }

    @Test
    void rowsOfOursAreSetOffAndTextIsAlignedLeft() {
        Table table = new Table(
                List.of("task", "model", "MAE"),
                List.of(List.of("age", "constant", "25.6"), List.of("age", "NumCLIP", "2.8")));

        assertThat(table.html("NumCLIP"))
                .contains("<tr><td class=\"text\">age</td><td class=\"text\">constant</td><td>25.6</td></tr>")
                .contains(
                        "<tr class=\"ours\"><td class=\"text\">age</td><td class=\"text\">NumCLIP</td><td>2.8</td></tr>");
    }
}
