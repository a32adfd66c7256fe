package io.numclip.runner.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
        assertThat(table.html(List.of()).toString()).contains(">a&lt;b</th>").doesNotContain("a<b");
    }

    @Test
    void cellsOfWordsTakeSeveralLinesWhereTheTableWouldBeTooWide() {
        Table wide = new Table(
                List.of("key", "what it says", "MAE"),
                List.of(List.of("bins", "few ".repeat(40).strip(), "12.500")));

        assertThat(wide.text().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(wide.text()).startsWith("key   what it says").contains("12.500\n      few few");
    }

    @Test
    void figuresThatDoNotFitFollowBelow() {
        List<String> names = IntStream.range(0, 20).mapToObj(i -> "metric" + i).toList();
        List<String> figures = names.stream().map(name -> "0.123").toList();
        Table wide = new Table(
                Stream.concat(Stream.of("model"), names.stream()).toList(),
                List.of(Stream.concat(Stream.of("NumCLIP"), figures.stream()).toList()));

        assertThat(wide.text().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(wide.text().lines())
                .filteredOn(line -> line.startsWith("NumCLIP"))
                .hasSize(3);
        assertThat(wide.text()).contains("metric0").contains("metric19");
    }

    @Test
    void aPathStaysWhole() {
        String path = "/a".repeat(60);
        assertThat(new Table(List.of("", ""), List.of(List.of("run", path))).text())
                .isEqualTo("run  " + path + "\n");
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

        assertThat(table.html(List.of("NumCLIP")).toString())
                .contains("<tr><th scope=\"row\" class=\"text\">age</th><td"
                        + " class=\"text\">constant</td><td>25.6</td></tr>")
                .contains("<tr class=\"ours\"><th scope=\"row\" class=\"text\">age</th><td"
                        + " class=\"text\">NumCLIP</td><td>2.8</td></tr>");
    }
}
