package io.numclip.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionFieldsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Prediction FAILED = Prediction.failed("there is no such file");

    @Test
    void aListWithAnImageThatFailedIsWrittenAsJson() throws JsonProcessingException {
        Prediction whole =
                new Prediction(7, List.of(new Prediction.Concept("few", 0.25), new Prediction.Concept("many", 0.75)));
        assertThat(JSON.writeValueAsString(List.of(whole, FAILED)))
                .isEqualTo("[{\"value\":7.0,\"concept\":\"many\",\"probabilities\":{\"few\":0.25,\"many\":0.75}},"
                        + "{\"error\":\"there is no such file\"}]");
    }

    @Test
    void whatIsKnownHasTheNamesOfPredictsRows() throws JsonProcessingException {
        Uncertainty sure = new Uncertainty(
                0.9,
                new Uncertainty.Interval(3, 9.5),
                List.of("few", "many"),
                List.of(new Uncertainty.AtLeast(10, 0.25), new Uncertainty.AtLeast(12.5, 0)),
                false,
                true,
                List.of(new Decision("below 8", true)));
        Explanation explained =
                new Explanation(7, List.of(new Explanation.Concept("few", List.of(), null)), null, List.of("no words"));
        Prediction all = new Prediction(
                        7,
                        List.of(new Prediction.Concept("few", 1)),
                        sure,
                        new Familiarity(0.01, true),
                        null,
                        explained)
                .withDamage("bad code");
        assertThat(JSON.writeValueAsString(all))
                .isEqualTo("{\"value\":7.0,\"lower\":3.0,\"upper\":9.5,\"coverage\":0.9,\"set\":[\"few\",\"many\"],"
                        + "\"outOfRange\":true,\"abstained\":false,\"decisions\":{\"below 8\":true},\"concept\":\"few\","
                        + "\"strange\":true,\"familiarity\":0.01,\"probabilities\":{\"few\":1.0},"
                        + "\"atLeast\":{\"10\":0.25,\"12.5\":0.0},"
                        + "\"explanation\":{\"refined\":7.0,\"concepts\":[{\"concept\":\"few\"}],"
                        + "\"unexplained\":[\"no words\"]},\"damaged\":\"bad code\"}");
    }

    @Test
    void itsTextSaysWhatIsWrongAndHasNoNumberThatIsNone() {
        assertThat(FAILED).hasToString("Prediction{error=there is no such file}");
        assertThat(new Prediction(7, List.of())).hasToString("Prediction{value=7.0, probabilities={}}");
    }
}
