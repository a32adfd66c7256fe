package io.numclip.host.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Decision;
import io.numclip.data.Familiarity;
import io.numclip.data.LabelScale;
import io.numclip.data.Prediction;
import io.numclip.data.Prediction.Concept;
import io.numclip.data.Uncertainty;
import io.numclip.host.result.PredictedModel;
import io.numclip.uncertainty.Cut;
import io.numclip.uncertainty.Side;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PredictionRowTest {

    private static final PredictedModel MODEL = new PredictedModel(
            "faces", "ab12", new LabelScale(0, 80, "years"), List.of("value", "young adult"), List.of(20.0), List.of());
    private static final Prediction SURE = new Prediction(
            31.5,
            List.of(new Concept("value", 0.2), new Concept("young adult", 0.8)),
            new Uncertainty(
                    0.9,
                    new Uncertainty.Interval(29, 39.5),
                    List.of("value", "young adult"),
                    List.of(new Uncertainty.AtLeast(20, 0.85)),
                    false,
                    true),
            new Familiarity(0.5, false),
            null);

    @Test
    void noConceptIsCalledLikeAField() {
        List<String> columns = PredictionRow.columns(MODEL);
        assertThat(columns)
                .containsExactly(
                        "value",
                        "unit",
                        "lower",
                        "upper",
                        "coverage",
                        "concept",
                        "set",
                        "strange",
                        "familiarity",
                        "outOfRange",
                        "abstained",
                        "model",
                        "digest",
                        "p:value",
                        "p:young adult",
                        "atLeast:20");
        assertThat(new HashSet<>(columns)).hasSameSizeAs(columns);
    }

    @Test
    void thresholdsThatAreCloseHaveNamesOfTheirOwn() {
        PredictedModel close = new PredictedModel(
                "m", "0", MODEL.scale(), List.of("a", "b", "c", "d"), List.of(-0.001, 0.0012, 1e15), List.of());
        assertThat(PredictionRow.columns(close))
                .endsWith("p:d", "atLeast:-0.001", "atLeast:0.0012", "atLeast:1000000000000000");
    }

    @Test
    void aTableHasACellForEachColumn() {
        assertThat(new PredictionRow(MODEL, SURE).cells())
                .containsExactly(
                        31.5,
                        "years",
                        29.0,
                        39.5,
                        0.9,
                        "young adult",
                        "value|young adult",
                        false,
                        0.5,
                        true,
                        false,
                        "faces",
                        "ab12",
                        0.2,
                        0.8,
                        0.85);
    }

    @Test
    void aDecisionHasAColumnAndAFieldForEachCut() {
        Cut minors = new Cut(Side.BELOW, 18, 0.01, 200, 200, 27.5);
        Cut seniors = new Cut(Side.ABOVE, 64.5, 0.05, 200, 200, 58.0);
        PredictedModel deciding = new PredictedModel(
                MODEL.name(),
                MODEL.digest(),
                MODEL.scale(),
                MODEL.concepts(),
                MODEL.thresholds(),
                List.of(minors, seniors));
        Uncertainty known = SURE.uncertainty();
        Prediction decided = new Prediction(
                31.5,
                SURE.concepts(),
                new Uncertainty(
                        0.9,
                        known.interval(),
                        known.concepts(),
                        known.atLeast(),
                        false,
                        false,
                        List.of(new Decision("below 18", false), new Decision("above 64.5", true))));
        assertThat(PredictionRow.columns(deciding)).endsWith("atLeast:20", "below:18", "above:64.5");
        assertThat(new PredictionRow(deciding, decided).cells()).endsWith(0.85, false, true);
        assertThat(new PredictionRow(deciding, Prediction.failed("broken")).cells())
                .hasSameSizeAs(PredictionRow.columns(deciding));
        assertThat(new PredictionRow(deciding, decided).fields())
                .containsEntry("decisions", Map.of("below 18", false, "above 64.5", true));
        assertThat(new PredictionRow(MODEL, SURE).fields()).doesNotContainKey("decisions");
    }

    @Test
    void whatIsNotKnownIsEmpty() {
        Prediction plain = new Prediction(3, SURE.concepts());
        assertThat(new PredictionRow(MODEL, plain).cells())
                .containsExactly(
                        3.0,
                        "years",
                        null,
                        null,
                        null,
                        "young adult",
                        null,
                        null,
                        null,
                        null,
                        null,
                        "faces",
                        "ab12",
                        0.2,
                        0.8,
                        null);
        List<Object> failed = new PredictionRow(MODEL, Prediction.failed("broken")).cells();
        assertThat(failed).hasSameSizeAs(PredictionRow.columns(MODEL)).containsOnly("faces", "ab12", null);
    }

    @Test
    void jsonHasObjectsForProbabilities() {
        Map<String, Object> fields = new PredictionRow(MODEL, SURE).fields();
        assertThat(fields)
                .containsEntry("probabilities", Map.of("value", 0.2, "young adult", 0.8))
                .containsEntry("atLeast", Map.of("20", 0.85))
                .containsEntry("set", List.of("value", "young adult"))
                .containsEntry("value", 31.5);
        assertThat(new PredictionRow(MODEL, Prediction.failed("broken")).fields())
                .containsExactlyInAnyOrderEntriesOf(Map.of("model", "faces", "error", "broken", "digest", "ab12"));
    }
}
