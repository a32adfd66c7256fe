package io.numclip.host.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.nn.Parameter;
import io.numclip.host.TestingCatalog;
import io.numclip.host.assembly.Experiment;
import io.numclip.host.assembly.ExperimentAssembler;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.model.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedsTest {

    @TempDir
    Path folder;

    @Test
    void onlyTheSeedOfTheInitialisationChangesTheInitialParameters() throws IOException {
        List<List<Float>> initial = adapter();
        assertThat(adapter("seeds={order: 5, draws: 5, data: 5}")).isEqualTo(initial);
        assertThat(adapter("training.seed=5", "seeds.initialisation=1")).isEqualTo(initial);
        assertThat(adapter("seeds.initialisation=5")).isNotEqualTo(initial).isEqualTo(adapter("training.seed=5"));
    }

    private List<List<Float>> adapter(String... settings) throws IOException {
        ExperimentConfig config = TestingCatalog.config(folder, settings);
        try (Experiment experiment = ExperimentAssembler.assemble(config)) {
            return experiment.model().parameters(Part.ADAPTER).values().stream()
                    .map(SeedsTest::numbers)
                    .toList();
        }
    }

    private static List<Float> numbers(Parameter parameter) {
        float[] numbers = parameter.getArray().toFloatArray();
        return Stream.iterate(0, i -> i + 1)
                .limit(numbers.length)
                .map(i -> numbers[i])
                .toList();
    }
}
