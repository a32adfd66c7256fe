package io.numclip.host.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Explanation;
import io.numclip.data.LabelScale;
import io.numclip.host.result.PredictedModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationRowTest {

    private static final PredictedModel MODEL = new PredictedModel(
            "faces",
            "ab12",
            new LabelScale(0, 80, "years"),
            List.of("moved", "art:moved", "nearest1"),
            List.of(20.0, 40.0),
            List.of());

    @Test
    void noConceptIsCalledLikeAColumn() {
        List<String> columns = new ArrayList<>(PredictionRow.columns(MODEL));
        columns.addAll(ExplanationRow.columns(MODEL));
        assertThat(new HashSet<>(columns)).hasSameSizeAs(columns);
    }

    @Test
    void whatIsNotKnownIsEmpty() {
        Explanation little = new Explanation(
                7,
                List.of(
                        new Explanation.Concept("moved", List.of(), null),
                        new Explanation.Concept("art:moved", List.of(), null),
                        new Explanation.Concept("nearest1", List.of(), null)),
                null,
                List.of("one", "two"));
        List<Object> cells = new ExplanationRow(MODEL, little).cells();
        assertThat(cells).hasSameSizeAs(ExplanationRow.columns(MODEL)).containsOnly(7.0, "one|two", null);
        assertThat(new ExplanationRow(MODEL, null).cells())
                .hasSameSizeAs(ExplanationRow.columns(MODEL))
                .containsOnlyNulls();
        assertThat(little.fields()).containsOnlyKeys("refined", "concepts", "unexplained");
    }
}
