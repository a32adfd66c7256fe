package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same training gives the same bytes each time; with another number of threads the numbers are nearly the same. */
@Tag("campaign")
class EqualBitsTest {

    private static final double MOST = 1e-4; // of numbers from 0 to 4

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

        assertThat(new Program(folder).withThreads(2).run(SmallTask.train(folder.resolve("two"))))
                .isZero();
        List<Double> one = numbers(folder.resolve("first"));
        List<Double> two = numbers(folder.resolve("two"));
        assertThat(two).hasSameSizeAs(one);
        double most = 0;
        for (int i = 0; i < one.size(); i++) {
            assertThat(two.get(i)).isCloseTo(one.get(i), within(MOST));
            most = Math.max(most, Math.abs(two.get(i) - one.get(i)));
        }
        Campaign.figure("G11", "largest difference of a number with two threads in place of one", most);
    }

    private Map<String, String> trained(Program program, String name) throws IOException, InterruptedException {
        assertThat(program.run(SmallTask.train(folder.resolve(name))))
                .as(program.err())
                .isZero();
        return RunDigests.of(folder.resolve(name));
    }

    private static List<Double> numbers(Path run) throws IOException {
        List<String> lines = Files.readAllLines(run.resolve("predictions.csv"));
        int column = List.of(lines.get(0).split(",")).indexOf("value");
        assertThat(column).as(lines.get(0)).isNotNegative();
        return lines.stream()
                .skip(1)
                .map(line -> Double.valueOf(line.split(",")[column]))
                .toList();
    }
}
