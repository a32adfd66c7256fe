package io.numclip.host.assembly;

import static io.numclip.golden.GoldenFigures.CLIP;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.host.TestingCatalog;
import io.numclip.protocol.CalibrationSplit;
import io.numclip.training.progress.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCalibrationTest {

    @TempDir
    private Path folder;

    @Test
    void whyImagesOfOneSubjectCalibrateNothingIsSaid() throws IOException {
        List<String> warnings = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void warning(String message) {
                warnings.add(message);
            }
        };
        try (Experiment experiment =
                ExperimentAssembler.assemble(TestingCatalog.config(folder, "backbone.model=" + CLIP))) {
            List<LabeledImage> ofOne = experiment.data().images(Split.VALIDATION).stream()
                    .map(image -> new LabeledImage(
                            image.name(), image.source(), image.label(), Map.of(LabeledImage.SUBJECT, "anna")))
                    .toList();
            CalibrationSplit split = ModelCalibration.split(experiment, ofOne, listener);
            assertThat(split.choosing()).isEqualTo(ofOne);
            assertThat(split.calibrating()).isEmpty();
        }
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(
                        "found 0, as all validation images are of one subject (add validation images of another subject)");
    }
}
