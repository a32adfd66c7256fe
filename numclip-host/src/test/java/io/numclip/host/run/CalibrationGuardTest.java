package io.numclip.host.run;

import static io.numclip.golden.GoldenFigures.CLIP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.host.TestingCatalog;
import io.numclip.host.TestingTask;
import io.numclip.host.assembly.Experiment;
import io.numclip.host.assembly.ExperimentAssembler;
import io.numclip.host.assembly.ModelCalibration;
import io.numclip.host.assembly.Tasks;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Setting;
import io.numclip.host.plugin.Component;
import io.numclip.host.plugin.ComponentKind;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.result.RunFolder;
import io.numclip.host.result.RunResult;
import io.numclip.protocol.CalibrationSplit;
import io.numclip.spi.OrdinalTask;
import io.numclip.storage.Fingerprint;
import io.numclip.training.progress.EpochResult;
import io.numclip.training.progress.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which images decide what. A run is made twice, the second time with other labels for some images; whatever those
 * images have a say in differs, and nothing else does.
 */
@Tag("ci")
class CalibrationGuardTest {

    private static final List<String> SHAPE = List.of("temperature", "difficulty");
    private static final List<String> WIDTH = List.of("plain", "normalised", "form");

    @TempDir
    private Path folder;

    private CalibrationSplit split;
    private Outcome honest;

    @BeforeEach
    void trainOnTheTrueLabels() throws IOException {
        System.setProperty("numclip.cache", folder.resolve("cache").toString());
        try (Experiment experiment = ExperimentAssembler.assemble(config(Set.of()))) {
            split = ModelCalibration.split(experiment, TrainingListener.NONE);
        }
        honest = train("honest", Set.of());
    }

    @Test
    void calibrationImagesDecideTheWidthsAndNothingElse() throws IOException {
        Outcome other = train("calibrating", names(split.calibrating()));
        assertThat(other.validationMaes()).isEqualTo(honest.validationMaes());
        assertThat(other.weights()).isEqualTo(honest.weights());
        SHAPE.forEach(part -> assertThat(other.calibration().get(part))
                .as(part)
                .isEqualTo(honest.calibration().get(part)));
        WIDTH.forEach(part -> assertThat(other.calibration().get(part))
                .as(part)
                .isNotEqualTo(honest.calibration().get(part)));
    }

    /** With one epoch, so that the choice cannot change the network. */
    @Test
    void choosingImagesDecideTheEpochAndTheShapeButNoWidth() throws IOException {
        Outcome other = train("choosing", names(split.choosing()));
        assertThat(other.validationMaes()).isNotEqualTo(honest.validationMaes());
        assertThat(other.weights()).isEqualTo(honest.weights());
        assertThat(other.calibration().get("difficulty"))
                .isNotEqualTo(honest.calibration().get("difficulty"));
        assertThat(other.calibration().get("plain"))
                .isEqualTo(honest.calibration().get("plain"));
    }

    @Test
    void noImageIsInBothParts() {
        Set<String> both = new HashSet<>(names(split.choosing()));
        both.retainAll(names(split.calibrating()));
        assertThat(both).isEmpty();
        assertThat(split.calibrating()).hasSize(30);
    }

    private static Set<String> names(List<LabeledImage> images) {
        return images.stream().map(LabeledImage::name).collect(Collectors.toSet());
    }

    /** What a run decides. */
    private record Outcome(List<Double> validationMaes, String weights, JsonNode calibration) {}

    private Outcome train(String name, Set<String> relabeled) throws IOException {
        RunFolder run = new RunFolder(Files.createDirectory(folder.resolve(name)));
        RunResult result = TrainingRun.run(config(relabeled), new Tasks(), run, TrainingListener.NONE);
        return new Outcome(
                result.training().epochs().stream()
                        .map(EpochResult::validationMae)
                        .toList(),
                new Fingerprint().add(run.model().resolve("model.safetensors")).hex(),
                new ObjectMapper()
                        .readTree(run.model().resolve("calibration.json").toFile()));
    }

    private ExperimentConfig config(Set<String> relabeled) throws IOException {
        List<Setting> settings = Stream.of(
                        "backbone.model=" + CLIP, "task.data.samples.validation=60", "training.epochs=1")
                .map(Setting::parse)
                .toList();
        return new ExperimentReader(catalog(relabeled)).read("brightness", settings);
    }

    private PluginCatalog catalog(Set<String> relabeled) {
        List<Component> components = TestingCatalog.create(folder).components().stream()
                .map(component -> component.type().equals("brightness")
                        ? new Component(ComponentKind.TASK, "brightness", new Relabeling(relabeled), component.origin())
                        : component)
                .toList();
        return new PluginCatalog(components, List.of(), List.of(), List.of());
    }

    /** The task of the tests, where some validation images have the label at the other end of the scale. */
    private static final class Relabeling extends TestingTask.Factory {

        private final Set<String> names;

        Relabeling(Set<String> names) {
            this.names = names;
        }

        @Override
        public OrdinalTask create(TestingTask.Config config) {
            OrdinalTask task = super.create(config);
            return new OrdinalTask() {
                @Override
                public LabelScale scale() {
                    return task.scale();
                }

                @Override
                public List<LabeledImage> images(Split part) throws IOException {
                    return task.images(part).stream()
                            .map(image -> relabeled(image))
                            .toList();
                }
            };
        }

        private LabeledImage relabeled(LabeledImage image) {
            return names.contains(image.name())
                    ? new LabeledImage(image.name(), image.source(), 10 - image.label(), image.attributes())
                    : image;
        }
    }
}
