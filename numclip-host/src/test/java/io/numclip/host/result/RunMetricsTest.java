package io.numclip.host.result;

import static io.numclip.data.RefusalAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.NumClipException;
import io.numclip.uncertainty.coverage.CoverageReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunMetricsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"models\": {\"constant\": {\"mae\":", "{}"})
    void aFileThatEndsTooEarlyIsOneOfARunThatIsNotFinished(String text) throws IOException {
        assertThat(RunMetrics.read(written(text.getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not JSON", "{\"models\": what}", "7", "[]"})
    void otherTextIsDamage(String text) throws IOException {
        isDamaged(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void otherBytesAreDamage() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            byte[] bytes = new byte[400];
            new Random(seed).nextBytes(bytes);
            isDamaged(bytes);
        }
    }

    /** Of before the chances were those of a distribution. */
    @Test
    void likelihoodsHadOtherNames() throws IOException {
        String report = """
                {"models": {"constant": {"mae": 1}}, "uncertainty": {
                  "promised": 0.9, "calibration": {"images": 9, "groups": 9, "effective": 9},
                  "test": {"images": 9, "groups": 9, "effective": 9}, "shown": "plain",
                  "intervals": {"plain": {"coverage": 1}}, "bins": [], "merged": [], "sets": {"coverage": 1},
                  "temperature": 1, "raw": {"negativeLogLikelihood": 2}, "tempered": {"negativeLogLikelihood": 1},
                  "abstained": {"images": 0}, "verdict": {"kept": true, "reasons": []}}}
                """;
        CoverageReport coverage = RunMetrics.read(written(report.getBytes(StandardCharsets.UTF_8)))
                .orElseThrow()
                .coverage()
                .orElseThrow();
        assertThat(coverage.words().negativeLogLikelihood()).isEqualTo(2);
        assertThat(coverage.chances().negativeLogLikelihood()).isEqualTo(1);
    }

    private void isDamaged(byte[] bytes) throws IOException {
        Path file = written(bytes);
        assertRefused(NumClipException.Kind.DATA, () -> RunMetrics.read(file)).hasMessageStartingWith(file + ": ");
    }

    private Path written(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("metrics.json"), bytes);
    }
}
