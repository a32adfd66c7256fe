package io.numclip.runner.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.host.TestingCatalog;
import io.numclip.host.compare.Cell;
import io.numclip.host.compare.CellResult;
import io.numclip.host.compare.TestingCells;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Protocol;
import io.numclip.host.config.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareReportTest {

    private static final Cell.Table BRIGHTNESS = new Cell.Table("brightness", 0, new Protocol.Shift(0, 1));
    private static final List<String> TWO_PERSONS = List.of("a", "a", "b", "b");

    @TempDir
    Path folder;

    private ExperimentConfig frozen;
    private ExperimentConfig trained;

    private final Map<Cell, CellResult> results = new LinkedHashMap<>();

    @BeforeEach
    void read() {
        ExperimentReader reader = new ExperimentReader(TestingCatalog.create(folder));
        frozen = reader.read("brightness", List.of());
        trained = reader.read("brightness", List.of(Setting.parse("training.learningRates.imageEncoder=1e-5")));
    }

    @Test
    void errorsAgainstOtherLabelsAreNotCompared() {
        put("one", 1, frozen, TestingCells.result("one", 1));
        put("other", 1, frozen, TestingCells.result("other", 2, 1, TWO_PERSONS));
        assertThatThrownBy(() -> new CompareReport(results, Map.of(), "one"))
                .hasMessage("image-0 has the label 2.0 for other and 0.0 for one; their errors cannot be compared");
    }

    @Test
    void aSmallFactorOnTheRatesKeepsItsDigits() {
        put("one", 1, trained.withRateFactor(0.001), TestingCells.result("one", 1));
        assertThat(new CompareReport(results, Map.of(), "one").text()).containsPattern("(?m)^one .* 0\\.001 ");
    }

    /** Four images of two persons: two clusters, whose signs can be flipped in four ways. */
    @Test
    void imagesOfOnePersonCountOnce() throws IOException {
        put("one", 1, frozen, TestingCells.result("one", 0, 1, TWO_PERSONS));
        put("other", 1, frozen, TestingCells.result("other", 0, 3, TWO_PERSONS));
        CompareReport report = new CompareReport(results, Map.of(), "one");
        assertThat(report.text())
                .contains("brightness (4 test images in 2 clusters, MAE and RMSE in steps):")
                .containsPattern("(?m)^other .* \\+2\\.000 \\[\\+2\\.000, \\+2\\.000] +0\\.5000 ");
        report.write(folder, "command", "machine");
        assertThat(folder.resolve("differences.csv"))
                .content()
                .contains("brightness,all,none,other,one,2.0,2.0,2.0,0.5,0.5,2");
    }

    /** Four images flip in sixteen ways, so p is 1/8; of three tests the smallest is tripled, and the others follow. */
    @Test
    void pValuesAreCorrectedForTheTable() {
        for (String method : List.of("one", "two", "three", "four")) {
            put(method, 1, frozen, TestingCells.result(method, results.size() + 1));
        }
        assertThat(new CompareReport(results, Map.of(), "one").text())
                .contains("p (Holm)")
                .doesNotContain("0.1250");
        assertThat(new CompareReport(results, Map.of(), "one").text().split("0\\.3750", -1))
                .hasSize(4);
    }

    /** The seeds differ by 2 on every image: their spread is in the interval. */
    @Test
    void theIntervalIsOverSeedsToo() {
        put("one", 1, frozen, TestingCells.result("one", 1));
        put("one", 2, frozen, TestingCells.result("one", 1));
        put("other", 1, frozen, TestingCells.result("other", 2));
        put("other", 2, frozen, TestingCells.result("other", 4));
        assertThat(new CompareReport(results, Map.of(), "one").text()).contains("+2.000 [+1.000, +3.000]");
    }

    @Test
    void unlikeRowsAreWarnedOf() {
        put("one", 1, frozen, TestingCells.result("one", 1));
        put("one", 2, frozen, TestingCells.result("one", 1));
        put("other", 1, trained, TestingCells.result("other", 2));
        assertThat(new CompareReport(results, Map.of(), "").text())
                .contains("not alike: image tower: frozen (one); trained (other)")
                .contains("not alike: other has 1 of 2 runs; the others failed or are missing");
        results.keySet().removeIf(cell -> cell.method().equals("other"));
        assertThat(new CompareReport(results, Map.of(), "").text()).doesNotContain("not alike");
    }

    private void put(String method, long seed, ExperimentConfig config, CellResult result) {
        results.put(new Cell(BRIGHTNESS, method, seed, "", false, config), result);
    }
}
