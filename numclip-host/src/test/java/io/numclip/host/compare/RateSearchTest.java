package io.numclip.host.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.TestingCatalog;
import io.numclip.host.assembly.Tasks;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.plugin.PluginCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateSearchTest {

    @TempDir
    Path folder;

    @Test
    void everyMethodWithEpochsHasTheSameTrialsWithOneSeed() throws IOException {
        List<Cell> trials = cells().trials();
        assertThat(trials).hasSize(6).allMatch(Cell::trial).allMatch(trial -> trial.seed() == 7);
        assertThat(trials).extracting(Cell::method).doesNotContain("ridge");
        assertThat(trials)
                .filteredOn(trial -> trial.method().equals("numclip"))
                .extracting(Cell::factor)
                .containsExactly(1.0, 3.0, 10.0);
        assertThat(trials.get(1)).hasToString("brightness, numclip, seed 7, trial of rates × 3.0");
    }

    @Test
    void theLowestValidationErrorIsChosenAndOfEqualOnesTheFirst() throws IOException {
        Map<Cell, CellResult> ended = new LinkedHashMap<>();
        List<Cell> trials = cells().trials();
        double[] maes = {3, 2, 2, 1, 2, 3};
        for (int i = 0; i < maes.length; i++) {
            ended.put(trials.get(i), TestingCells.trial("any", maes[i]));
        }
        RateSearch search = new RateSearch(trials, ended);
        assertThat(search.best(trials.get(0).searched())).contains(trials.get(1));
        assertThat(search.best(trials.get(3).searched())).contains(trials.get(3));
        assertThat(search.csv())
                .hasSize(7)
                .contains(List.of("brightness", "all", "none", "", "numclip", "7", "3.0", "2.0", "1", "true"));
        assertThat(new RateSearch(trials, Map.of()).best(trials.get(0).searched()))
                .isEmpty();
    }

    private Cells cells() throws IOException {
        Path file = Files.writeString(
                folder.resolve("compare.yaml"),
                "{tasks: brightness, methods: [numclip, sord, ridge], seeds: [1, 2],"
                        + " search: {factors: [1, 3, 10], seed: 7}}");
        PluginCatalog catalog = TestingCatalog.create(folder);
        CompareConfig compare = new CompareReader(catalog).read(file, List.of());
        return new Cells(compare, new ExperimentReader(catalog), new Tasks());
    }
}
