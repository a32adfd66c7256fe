package io.numclip.runner.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.Prediction;
import io.numclip.host.run.PredictedModel;
import io.numclip.runner.inputs.InputImage;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowsTest {

    private static final PredictedModel WIDTHS =
            new PredictedModel("widths", "ab", "pixels", List.of("narrow", "wide, very"), List.of(5.0));
    private static final PredictedModel AGES =
            new PredictedModel("ages", "cd", "years", List.of("value", "old"), List.of(40.0));
    private static final RowShape ONE = new RowShape(List.of(WIDTHS), List.of());
    private static final RowShape TWO = new RowShape(List.of(WIDTHS, AGES), List.of("id"));

    @Test
    void csvHasAColumnForEachField() throws IOException {
        List<String> lines = lines(
                RowFormat.CSV, ONE, image("a.png"), List.of(wide(7)), image("b.png"), List.of(Prediction.failed("no")));
        assertThat(lines)
                .containsExactly(
                        "file,value,unit,lower,upper,coverage,concept,set,strange,familiarity,outOfRange,abstained,"
                                + "model,digest,p:narrow,\"p:wide, very\",atLeast:5,error",
                        "a.png,7.0,pixels,,,,\"wide, very\",,,,,,widths,ab,0.25,0.75,,",
                        "b.png,,,,,,,,,,,,widths,ab,,,,no");
    }

    @Test
    void severalModelsAndTheColumnsOfAListDoNotCollide() throws IOException {
        InputImage image = new InputImage("a.png", Path.of("a.png"), Map.of("id", "=7", "other", "x"), null);
        List<String> lines = lines(RowFormat.CSV, TWO, image, List.of(wide(7), new Prediction(3, AGE)));
        assertThat(lines.get(0))
                .contains(",widths.value,", ",ages.value,", ",ages.p:value,")
                .endsWith(",error,in:id");
        assertThat(lines.get(1))
                .startsWith("a.png,7.0,pixels,")
                .contains(",3.0,years,")
                .endsWith(",,'=7");
        assertThat(notices).singleElement().asString().contains("a.png: has a field that the first image has not");
    }

    @Test
    void jsonHasAnObjectForEachImage() throws IOException {
        ObjectMapper json = new ObjectMapper();
        InputImage image = new InputImage("a.png", Path.of("a.png"), Map.of("id", List.of(1, 2)), null);
        JsonNode one = json.readTree(
                lines(RowFormat.JSONL, ONE, image, List.of(wide(7))).get(0));
        assertThat(one.get("file").asText()).isEqualTo("a.png");
        assertThat(one.get("value").asDouble()).isEqualTo(7);
        assertThat(one.get("probabilities").get("wide, very").asDouble()).isEqualTo(0.75);
        assertThat(one.get("in").get("id")).hasSize(2);
        JsonNode two = json.readTree(lines(RowFormat.JSONL, TWO, image, List.of(wide(7), new Prediction(3, AGE)))
                .get(0));
        assertThat(two.get("predictions").get(1).get("model").asText()).isEqualTo("ages");
        assertThat(two.get("predictions").get(1).get("value").asDouble()).isEqualTo(3);
        Prediction failed = Prediction.failed("no");
        assertThat(lines(RowFormat.JSONL, TWO, image("b"), List.of(failed, failed)))
                .containsExactly("{\"file\":\"b\",\"error\":\"no\"}");
    }

    @Test
    void textNamesUnitAndLikeliestConcepts() throws IOException {
        assertThat(lines(RowFormat.TEXT, ONE, image("a.png"), List.of(wide(7))))
                .containsExactly("a.png  7 pixels  (wide, very 75 %, narrow 25 %)");
        assertThat(lines(RowFormat.TEXT, TWO, image("a.png"), List.of(wide(7), new Prediction(3, AGE))))
                .containsExactly(
                        "a.png",
                        "  widths: 7 pixels  (wide, very 75 %, narrow 25 %)",
                        "  ages: 3 years  (value 100 %, old 0 %)");
    }

    @Test
    void aNameThatASpreadsheetWouldRunIsDefused() throws IOException {
        assertThat(lines(RowFormat.CSV, ONE, image("=1+1|\u001b[31m.jpg"), List.of(Prediction.failed("no")))
                        .get(1))
                .startsWith("'=1+1|\\u001b[31m.jpg,");
    }

    @Test
    void sortedRowsAreWrittenAtTheEnd() throws IOException {
        SortedRows sorted = new SortedRows(SortedRows.Key.VALUE);
        sorted.write(image("a"), List.of(wide(3)));
        sorted.write(image("b"), List.of(Prediction.failed("no")));
        sorted.write(image("c"), List.of(wide(8)));
        sorted.write(image("d"), List.of(wide(8)));
        StringBuilder order = new StringBuilder();
        sorted.writeTo((image, predictions) -> order.append(image.name()));
        assertThat(order).hasToString("cdab");
        SortedRows unsure = new SortedRows(SortedRows.Key.WIDTH);
        unsure.write(image("sure"), List.of(new Prediction(3, AGE)));
        unsure.write(image("unsure"), List.of(wide(3)));
        unsure.writeTo((image, predictions) -> order.append(' ').append(image.name()));
        assertThat(order).hasToString("cdab unsure sure");
    }

    private final List<String> notices = new ArrayList<>();
    private static final List<Prediction.Concept> AGE =
            List.of(new Prediction.Concept("value", 1), new Prediction.Concept("old", 0));

    private static Prediction wide(double value) {
        return new Prediction(
                value, List.of(new Prediction.Concept("narrow", 0.25), new Prediction.Concept("wide, very", 0.75)));
    }

    private static InputImage image(String name) {
        return new InputImage(name, Path.of("unused"), Map.of(), null);
    }

    /** @param rows image, predictions, image, predictions, ... */
    @SuppressWarnings("unchecked") // as the test wrote them
    private List<String> lines(RowFormat format, RowShape shape, Object... rows) throws IOException {
        StringWriter out = new StringWriter();
        format.begin(out, shape);
        RowWriter writer = format.writer(out, shape, notices::add);
        for (int i = 0; i < rows.length; i += 2) {
            writer.write((InputImage) rows[i], (List<Prediction>) rows[i + 1]);
        }
        return out.toString().lines().toList();
    }
}
