package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same training gives the same bytes each time; with another number of threads the numbers are nearly the same. */
@Tag("campaign")
class EqualBitsTest {

    private static final double MOST_OF_TRAININGS = 1e-4; // of numbers from 0 to 4
    private static final double MOST_OF_PREDICTIONS = 1e-5;

    @TempDir
    Path folder;

    @Test
    void equalTrainingsGiveEqualBytes() throws Exception {
        SmallTask.write(folder, 3);
        Program program = new Program(folder);
        Map<String, String> first = trained(program, "first");
        int runs = Campaign.size(3, 20);
        for (int run = 2; run <= runs; run++) {
            assertThat(trained(program, "run-" + run)).isEqualTo(first);
        }
        Campaign.figure("G11", "equal trainings with equal bytes", runs);
    }

    /** The image tower is trained too, which uses the threads. In 16 bits each part of a batch would be rounded for itself. */
    @Test
    void withOtherThreadsATrainingGivesNearlyTheSame() throws Exception {
        SmallTask.write(folder, 2);
        trainedWithThreads(1);
        trainedWithThreads(2);
        double most = difference(
                numbers(Files.readAllLines(folder.resolve("threads-1/predictions.csv"))),
                numbers(Files.readAllLines(folder.resolve("threads-2/predictions.csv"))));
        Campaign.figure("G11", "largest difference of a number after a training with 2 threads in place of 1", most);
        assertThat(most).isLessThan(MOST_OF_TRAININGS);
    }

    private void trainedWithThreads(int threads) throws IOException, InterruptedException {
        Program program = new Program(folder).withThreads(threads);
        String name = "threads-" + threads;
        assertThat(program.run(train(name, "training.learningRates.imageEncoder=1e-6", "backbone.precision=fp32")))
                .as(program.err())
                .isZero();
        assertThat(folder.resolve(name + "/checkpoint/epoch-00002/progress.json"))
                .content()
                .as("the threads are really used")
                .contains("\"threads\":" + threads);
    }

    @Test
    void withOtherThreadsAModelPredictsNearlyTheSame() throws Exception {
        SmallTask.write(folder, 3);
        Program program = new Program(folder);
        assertThat(program.run(train("run"))).as(program.err()).isZero();
        List<Double> one = predicted(1);
        assertThat(one).hasSize(SmallTask.IMAGES);
        assertThat(predicted(1)).isEqualTo(one);
        for (int threads : List.of(2, 4)) {
            double most = difference(one, predicted(threads));
            Campaign.figure(
                    "G11", "largest difference of a prediction with " + threads + " threads in place of 1", most);
            assertThat(most).isLessThan(MOST_OF_PREDICTIONS);
        }
    }

    private List<Double> predicted(int threads) throws IOException, InterruptedException {
        Program program = new Program(folder).withThreads(threads);
        List<String> command =
                new ArrayList<>(List.of("predict", folder.resolve("run").toString()));
        for (int i = 0; i < SmallTask.IMAGES; i++) {
            command.add(folder.resolve(i + ".png").toString());
        }
        command.addAll(List.of("--format", "csv"));
        assertThat(program.run(command.toArray(String[]::new)))
                .as(program.err())
                .isZero();
        return numbers(program.out().lines().toList());
    }

    private static double difference(List<Double> one, List<Double> other) {
        assertThat(other).hasSameSizeAs(one);
        return IntStream.range(0, one.size())
                .mapToDouble(i -> Math.abs(one.get(i) - other.get(i)))
                .max()
                .orElseThrow();
    }

    private Map<String, String> trained(Program program, String name) throws IOException, InterruptedException {
        assertThat(program.run(train(name))).as(program.err()).isZero();
        return FolderDigests.of(folder.resolve(name));
    }

    private String[] train(String name, String... settings) {
        return SmallTask.train(folder, folder.resolve(name), settings).toArray(String[]::new);
    }

    private static List<Double> numbers(List<String> lines) {
        int column = List.of(lines.get(0).split(",")).indexOf("value");
        assertThat(column).as(lines.get(0)).isNotNegative();
        return lines.stream()
                .skip(1)
                .map(line -> Double.valueOf(line.split(",")[column]))
                .toList();
    }
}
