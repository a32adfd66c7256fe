package io.numclip.host.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.host.TestingCatalog;
import io.numclip.host.assembly.Components;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The published code numbers the classes of its 5-class tasks 0 to 4, and its bins too: whoever finds the class makes
 * no error. So it must be on the labels that the layouts of these data sets give.
 */
class ReferenceRecipesTest {

    private static final int EMBED_DIM = 8;

    @TempDir
    private Path folder;

    @Test
    void aDecadeThatIsFoundIsItsLabel() throws IOException {
        LabelScale years = new LabelScale(1930, 1979, "years");
        assertClassesAreTheirLabels("dating", years, 1935, 1945, 1955, 1965, 1975);
    }

    @Test
    void aGradeThatIsFoundIsItsLabel() throws IOException {
        assertClassesAreTheirLabels("aesthetics", new LabelScale(1, 5, "grades"), 1, 2, 3, 4, 5);
    }

    private void assertClassesAreTheirLabels(String task, LabelScale scale, double... labels) throws IOException {
        ExperimentConfig config = config(task, scale);
        Bins bins = Components.binning(config.binning(), scale).fit(labels);
        assertThat(bins.concepts()).containsExactly("0", "1", "2", "3", "4");
        FineHead head = Components.fineHead(config.fineHead(), new HeadContext(bins, EMBED_DIM));
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray certain = manager.eye(labels.length).mul(1000); // (K, K)
            NDArray features = manager.ones(new Shape(labels.length, EMBED_DIM)); // (K, D)
            head.initialize(manager, DataType.FLOAT32, certain.getShape(), features.getShape());
            head.getParameters().forEach(each -> each.getValue().getArray().muli(0)); // δ = 0
            NDArray values = head.refine(new ParameterStore(manager, false), certain, features, false); // (K)
            assertThat(values.toType(DataType.FLOAT64, true).toDoubleArray()).containsExactly(labels);
        }
    }

    private ExperimentConfig config(String task, LabelScale scale) throws IOException {
        Path recipe = Path.of("../numclip-tasks-" + task, "src/main/resources/numclip", task + ".reference.yaml");
        String ofTheScale = "method: reference%ntask: {type: generic, minimum: %s, maximum: %s, unit: %s}%n"
                .formatted(scale.minimum(), scale.maximum(), scale.unit());
        Path file = Files.writeString(folder.resolve("mine.yaml"), ofTheScale + Files.readString(recipe));
        return new ExperimentReader(TestingCatalog.create(folder)).read(file.toString(), List.of());
    }
}
