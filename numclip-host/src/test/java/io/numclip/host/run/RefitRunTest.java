package io.numclip.host.run;

import static io.numclip.data.RefusalAssert.assertRefused;
import static io.numclip.golden.GoldenFigures.CLIP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numclip.data.NumClipException;
import io.numclip.host.TestingCatalog;
import io.numclip.host.assembly.Tasks;
import io.numclip.host.files.EpochsCsv;
import io.numclip.host.result.RunFolder;
import io.numclip.host.result.RunResult;
import io.numclip.storage.Fingerprint;
import io.numclip.training.progress.EpochResult;
import io.numclip.training.progress.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("ci")
class RefitRunTest {

    private static final String ALL = "all 48 images, for the model that is kept";

    @TempDir
    private Path folder;

    private final List<String> trainings = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void useOwnCache() {
        System.setProperty("numclip.cache", folder.resolve("cache").toString());
    }

    @Test
    void theModelHasLearnedAllImagesWhetherTheRunWasStoppedOrNot() throws IOException {
        RunFolder whole = start("whole");
        assertRefitted(whole, train(whole, new Watch()));
        assertThat(trainings).hasSize(6).last().isEqualTo(ALL);
        trainings.clear();
        RunFolder run = start("run");
        stop(run, 3); // in the third fold
        assertThat(run.refit()).isDirectory();
        stop(run, 4); // in the training with all images; two folds are known
        assertThat(trainings).hasSize(3 + 4);
        trainings.clear();
        assertRefitted(run, train(run, new Watch()));
        assertThat(trainings).containsExactly(ALL);
        assertThat(bits(run)).isEqualTo(bits(whole));
        assertThat(warnings).isEmpty();
    }

    /** Its epochs are those of the training that has chosen one. */
    private static void assertRefitted(RunFolder run, RunResult result) throws IOException {
        assertThat(EpochsCsv.read(run.epochs()))
                .extracting(EpochResult::validationMae)
                .containsExactlyElementsOf(result.training().epochs().stream()
                        .map(EpochResult::validationMae)
                        .toList())
                .hasSize(2);
        assertThat(result.coverage().orElseThrow().calibration().images()).isEqualTo(24);
        assertThat(run.refit()).doesNotExist();
    }

    @Test
    void withoutCalibrationThereAreNoFolds() throws IOException {
        RunResult result = train(start("run"), new Watch(), "uncertainty.calibration=0");
        assertThat(trainings).containsExactly(ALL);
        assertThat(result.coverage()).isEmpty();
    }

    @Test
    void withTooFewImagesForIntervalsTheModelStillLearnsThemAll() throws IOException {
        train(
                start("run"),
                new Watch(),
                "task.data.samples={train: 9, validation: 3, test: 8}",
                "uncertainty.coverage=0.9");
        assertThat(trainings).containsExactly("all 12 images, for the model that is kept");
        assertThat(warnings).hasSize(1).first().asString().contains("9 calibration images; found 6");
    }

    @Test
    void withoutEpochsAllImagesCalibrateAndNothingIsTrained() throws IOException {
        RunResult result = train(start("run"), new Watch(), "training.epochs=0");
        assertThat(trainings).isEmpty();
        assertThat(result.coverage().orElseThrow().calibration().images()).isEqualTo(24);
    }

    @Test
    void aHeadThatChoosesByValidationImagesIsRefused() {
        assertRefused(NumClipException.Kind.CONFIGURATION, () -> train(start("run"), new Watch(), "method=neighbours"))
                .hasMessageContaining("training.refit: expected none for the coarse head neighbours");
    }

    private RunFolder start(String name) throws IOException {
        return new RunFolder(Files.createDirectory(folder.resolve(name)));
    }

    private RunResult train(RunFolder run, TrainingListener listener, String... settings) throws IOException {
        String[] all = Stream.concat(
                        Stream.of("backbone.model=" + CLIP, "training.refit=all", "yardsticks=false"),
                        Stream.of(settings))
                .toArray(String[]::new);
        return TrainingRun.run(TestingCatalog.config(folder, all), new Tasks(), run, listener);
    }

    /** @param training of those that learn again, counted from 1 in this process; ended in its second epoch */
    private void stop(RunFolder run, int training) {
        int before = trainings.size();
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> train(run, new Watch() {
                    @Override
                    public void epochStarted(int epoch, int epochs, int batches) {
                        if (trainings.size() == before + training) {
                            Thread.currentThread().interrupt();
                        }
                    }
                }));
    }

    private static List<String> bits(RunFolder run) throws IOException {
        List<String> bits = new ArrayList<>();
        for (String file : List.of("model.safetensors", "calibration.json", "familiar.safetensors")) {
            bits.add(new Fingerprint().add(run.model().resolve(file)).hex());
        }
        return bits;
    }

    private class Watch implements TrainingListener {
        @Override
        public void learnsAgain(String images) {
            trainings.add(images);
        }

        @Override
        public void warning(String message) {
            warnings.add(message);
        }
    }
}
