package io.numclip.host.run;

import static io.numclip.golden.GoldenFigures.CLIP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.host.TestingCatalog;
import io.numclip.host.assembly.Tasks;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.files.EpochsCsv;
import io.numclip.host.result.RunFolder;
import io.numclip.host.result.RunResult;
import io.numclip.training.progress.EpochResult;
import io.numclip.training.progress.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("ci")
class FollowingTest {

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private RunFolder run;

    @BeforeEach
    void start() throws IOException {
        System.setProperty("numclip.cache", folder.resolve("cache").toString());
        run = new RunFolder(Files.createDirectory(folder.resolve("run")));
    }

    @Test
    void whatIsKnownOfAnEpochIsInTheFolderWhenTheNextBegins() throws IOException {
        List<Integer> lines = new ArrayList<>();
        train(List.of("training.epochs=3"), new Warned() {
            @Override
            public void epochStarted(int epoch, int epochs, int batches) {
                lines.add(count(run.epochLines()));
                assertThat(count(run.epochs())).isEqualTo(epoch == 1 ? 0 : epoch);
            }
        });
        assertThat(lines).containsExactly(0, 1, 2);
        JsonNode last =
                new ObjectMapper().readTree(Files.readAllLines(run.epochLines()).get(2));
        EpochResult same = EpochsCsv.read(run.epochs()).get(2);
        assertThat(last.path("epoch").asInt()).isEqualTo(3);
        assertThat(last.path("loss").asDouble()).isEqualTo(same.totalLoss());
        assertThat(last.path("validationMae").asDouble()).isEqualTo(same.validationMae());
        assertThat(last.path("losses").properties()).hasSameSizeAs(same.losses().entrySet());
        assertThat(last.path("learningRates").path("adapter").asDouble()).isPositive();
        assertThat(Instant.parse(last.path("finished").asText())).isBefore(Instant.now());
    }

    @Test
    void aStoppedRunThatGoesOnHasEveryEpochOnce() throws IOException {
        List<String> settings = List.of("training.epochs=4", "follow.tensorboard=true");
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> train(settings, new Warned() {
                    @Override
                    public void epochStarted(int epoch, int epochs, int batches) {
                        if (epoch == 3) {
                            Thread.currentThread().interrupt();
                        }
                    }
                }));
        List<String> before = Files.readAllLines(run.epochLines());
        assertThat(before).hasSize(2);
        train(settings, new Warned());
        assertThat(Files.readAllLines(run.epochLines())).hasSize(4).startsWith(before.toArray(String[]::new));
        assertThat(EpochsCsv.read(run.epochs())).extracting(EpochResult::epoch).containsExactly(1, 2, 3, 4);
        try (Stream<Path> files = Files.list(run.path())) {
            assertThat(files.filter(file -> file.toString().contains("tfevents")))
                    .hasSize(1);
        }
        assertThat(warnings).isEmpty();
    }

    /** Port 1 of this machine: nobody listens. */
    @Test
    void aServerThatIsNotThereEndsNothingAndIsNamed() throws IOException {
        RunResult result = train(List.of("training.epochs=2", "follow.mlflow=http://127.0.0.1:1"), new Warned());
        assertThat(result.training().epochs()).hasSize(2);
        assertThat(warnings)
                .hasSizeBetween(1, 2)
                .allMatch(warning -> warning.startsWith("MLflow at http://127.0.0.1:1"))
                .anyMatch(warning ->
                        warning.contains("lacks epochs 1 to 2, the test figures, the end of the run (no connection)."
                                + " Send them with: ./numclip train --resume " + run.path()));
    }

    @Test
    void withoutEpochsTheFilesAreThereAndEmpty() throws IOException {
        train(List.of("training.epochs=0"), new Warned());
        assertThat(run.epochLines()).isEmptyFile();
        assertThat(EpochsCsv.read(run.epochs())).isEmpty();
    }

    private class Warned implements TrainingListener {
        @Override
        public void warning(String message) {
            warnings.add(message);
        }
    }

    /** Lines; 0 if there is no file. */
    private static int count(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file).size() : 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private RunResult train(List<String> settings, TrainingListener listener) throws IOException {
        String[] all = Stream.concat(
                        Stream.of("backbone.model=" + CLIP, "uncertainty.calibration=0"), settings.stream())
                .toArray(String[]::new);
        ExperimentConfig config = TestingCatalog.config(folder, all);
        return TrainingRun.run(config, new Tasks(), run, listener);
    }
}
