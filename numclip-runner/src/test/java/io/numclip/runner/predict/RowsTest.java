package io.numclip.runner.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.Decision;
import io.numclip.data.Explanation;
import io.numclip.data.LabelScale;
import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import io.numclip.host.result.PredictedModel;
import io.numclip.runner.inputs.InputImage;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowsTest {

    private static final PredictedModel WIDTHS = new PredictedModel(
            "widths", "ab", new LabelScale(0, 10, "pixels"), List.of("narrow", "wide, very"), List.of(5.0), List.of());
    private static final PredictedModel AGES = new PredictedModel(
            "ages", "cd", new LabelScale(0, 80, "years"), List.of("value", "old"), List.of(40.0), List.of());
    private static final RowShape ONE = new RowShape(List.of(WIDTHS), List.of(), false);
    private static final RowShape TWO = new RowShape(List.of(WIDTHS, AGES), List.of("id"), false);

    @Test
    void csvHasAColumnForEachField() throws IOException {
        List<String> lines = lines(
                RowFormat.CSV, ONE, image("a.png"), List.of(wide(7)), image("b.png"), List.of(Prediction.failed("no")));
        assertThat(lines)
                .containsExactly(
                        "file,value,unit,lower,upper,coverage,concept,set,strange,familiarity,outOfRange,abstained,"
                                + "model,digest,p:narrow,\"p:wide, very\",atLeast:5,error,damaged",
                        "a.png,7.0,pixels,,,,\"wide, very\",,,,,,widths,ab,0.25,0.75,,,",
                        "b.png,,,,,,,,,,,,widths,ab,,,,no,");
    }

    @Test
    void severalModelsAndTheColumnsOfAListDoNotCollide() throws IOException {
        InputImage image = new InputImage("a.png", Path.of("a.png"), Map.of("id", "=7", "other", "x"), null);
        List<String> lines = lines(RowFormat.CSV, TWO, image, List.of(wide(7), new Prediction(3, AGE)));
        assertThat(lines.get(0))
                .contains(",widths.value,", ",ages.value,", ",ages.p:value,")
                .endsWith(",error,in:id,damaged");
        assertThat(lines.get(1))
                .startsWith("a.png,7.0,pixels,")
                .contains(",3.0,years,")
                .endsWith(",,'=7,");
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
    void aDamagedImageIsMarkedInEveryFormat() throws IOException {
        List<Prediction> damaged = List.of(wide(7).withDamage("9 extraneous bytes"));
        assertThat(lines(RowFormat.CSV, ONE, image("a.png"), damaged).get(1))
                .endsWith(",0.25,0.75,,,9 extraneous bytes");
        assertThat(lines(RowFormat.JSONL, ONE, image("a.png"), damaged).get(0))
                .contains("\"value\":7.0", "\"damaged\":\"9 extraneous bytes\"");
        assertThat(lines(RowFormat.JSONL, ONE, image("a.png"), List.of(wide(7))).get(0))
                .doesNotContain("damaged");
        assertThat(lines(RowFormat.TEXT, ONE, image("a.png"), damaged))
                .containsExactly("a.png  7 pixels  (wide, very 75 %, narrow 25 %)", "    damaged: 9 extraneous bytes");
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
    void textHasTheDecimalsThatTheScaleNeeds() throws IOException {
        PredictedModel narrow = new PredictedModel(
                "gaps",
                "ab",
                new LabelScale(0, 0.02, "metres"),
                List.of("narrow", "wide, very"),
                List.of(0.01),
                List.of());
        Uncertainty sure = new Uncertainty(
                0.9, new Uncertainty.Interval(0.00123, 0.0087), List.of("narrow"), List.of(), false, false);
        Prediction prediction = new Prediction(0.00456, wide(7).concepts(), sure);
        assertThat(lines(
                        RowFormat.TEXT,
                        new RowShape(List.of(narrow), List.of(), false),
                        image("a"),
                        List.of(prediction)))
                .containsExactly("a  0.0046 metres, 0.0012 to 0.0087 (90 %), narrow  (wide, very 75 %, narrow 25 %)");
    }

    @Test
    void textSaysHowToTreatTheImage() throws IOException {
        Uncertainty decided = new Uncertainty(
                0.9,
                new Uncertainty.Interval(3, 9),
                List.of("narrow"),
                List.of(),
                false,
                false,
                List.of(new Decision("below 8", true), new Decision("above 9.5", false)));
        Prediction prediction = new Prediction(7, wide(7).concepts(), decided);
        assertThat(lines(RowFormat.TEXT, ONE, image("a.png"), List.of(prediction)))
                .containsExactly("a.png  7 pixels, 3 to 9 (90 %), narrow, treat as below 8, not above 9.5"
                        + "  (wide, very 75 %, narrow 25 %)");
    }

    @Test
    void anExplanationStandsBelowItsLine() throws IOException {
        assertThat(lines(RowFormat.TEXT, EXPLAINED, image("a.png"), List.of(explained())))
                .containsExactly(
                        "a.png  10 pixels  (wide, very 75 %, narrow 25 %)",
                        "         chance   match    anchor    number      part  words",
                        "         25.0 %   0.200      2.00      4.00      0.80  a narrow one. | narrow.",
                        "         75.0 %   0.800      8.00     13.00     10.40  wide, very",
                        "    number = sum of match * number = 11.20 pixels; with the anchors alone 6.80, moved by +4.40",
                        "    the fine head gives 11.20; on the scale, 10 is nearest",
                        "    nearest of the 2 kept of 9 training images:",
                        "      cosine 0.900  3.50 pixels  train/\\u001b1.png",
                        "    not explained: the weather");
    }

    @Test
    void anExplanationSaysWhereTheNumberIsThatOfTheWords() throws IOException {
        Prediction near = explained();
        Prediction words = new Prediction(8, near.concepts(), null, null, null, near.explanation());
        assertThat(lines(RowFormat.TEXT, EXPLAINED, image("a.png"), List.of(words)))
                .contains("    the fine head gives 11.20; of all numbers, 8 is likeliest");
    }

    @Test
    void anExplanationHasColumnsAndAnObject() throws IOException {
        Prediction failed = Prediction.failed("no");
        List<String> lines =
                lines(RowFormat.CSV, EXPLAINED, image("a.png"), List.of(explained()), image("b.png"), List.of(failed));
        assertThat(lines.get(0))
                .contains(
                        ",atLeast:5,anchored,moved,refined,words:narrow,\"words:wide, very\",weight:narrow,",
                        ",number:narrow,\"number:wide, very\",part:narrow,\"part:wide, very\",nearest1,nearest1Label,"
                                + "nearest1Cosine,nearest2,",
                        ",keptImages,trainingImages,unexplained,error,damaged");
        assertThat(lines.get(1))
                .contains(
                        ",11.2,a narrow one.|narrow.,,0.2,0.8,2.0,8.0,4.0,13.0,0.8,10.4,train/\\u001b1.png,3.5,0.9,,,,,,,")
                .endsWith(",2,9,the weather,,");
        assertThat(lines.get(2).chars().filter(c -> c == ',').count())
                .as("cells of an image that failed; a name with a comma twice in the probabilities and five times here")
                .isEqualTo(lines.get(0).chars().filter(c -> c == ',').count() - 6);
        JsonNode explanation = new ObjectMapper()
                .readTree(lines(RowFormat.JSONL, EXPLAINED, image("a.png"), List.of(explained()))
                        .get(0))
                .get("explanation");
        assertThat(explanation.get("concepts").get(0).get("words").get(1).asText())
                .isEqualTo("narrow.");
        assertThat(explanation.get("concepts").get(1).get("part").asDouble()).isEqualTo(10.4);
        assertThat(explanation.get("refined").asDouble()).isEqualTo(11.2);
        assertThat(explanation.get("nearest").get(0).get("file").asText()).isEqualTo("train/\u001b1.png");
        assertThat(explanation.get("trainingImages").asInt()).isEqualTo(9);
        assertThat(explanation.get("unexplained").get(0).asText()).isEqualTo("the weather");
    }

    private static final RowShape EXPLAINED = new RowShape(List.of(WIDTHS), List.of(), true);

    private static Prediction explained() {
        Explanation explanation = new Explanation(
                11.2,
                List.of(
                        new Explanation.Concept(
                                "narrow", List.of("a narrow one.", "narrow."), new Explanation.Part(0.2, 2, 4)),
                        new Explanation.Concept("wide, very", List.of(), new Explanation.Part(0.8, 8, 13))),
                new Explanation.Neighbours(List.of(new Explanation.Neighbour("train/\u001b1.png", 3.5, 0.9)), 2, 9),
                List.of("the weather"));
        return new Prediction(10, wide(10).concepts(), null, null, null, explanation);
    }

    @Test
    void aNameThatASpreadsheetWouldRunIsDefused() throws IOException {
        assertThat(lines(RowFormat.CSV, ONE, image("=1+1|\u001b[31m.jpg"), List.of(Prediction.failed("no")))
                        .get(1))
                .startsWith("'=1+1|\\u001b[31m.jpg,");
    }

    @Test
    void whatTheListSaysStaysAsItIs() throws IOException {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("negative", "-1.5e3");
        said.put("comma", "-5,3");
        said.put("lines", "two\r\nlines");
        said.put("tab", "a\tb");
        said.put("formula", "\t=1+1");
        said.put("telephone", "+49 30");
        RowShape kept = new RowShape(List.of(WIDTHS), List.copyOf(said.keySet()), false);
        InputImage image = new InputImage("\u0645\u06cc\u200c.png", Path.of("unused"), Map.copyOf(said), null);
        List<String> lines = lines(RowFormat.CSV, kept, image, List.of(Prediction.failed("no")));
        assertThat(lines.get(1)).startsWith("\u0645\u06cc\u200c.png,").endsWith(",no,-1.5e3,\"-5,3\",\"two");
        assertThat(lines.get(2)).isEqualTo("lines\",a\tb,'\t=1+1,'+49 30,");
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
