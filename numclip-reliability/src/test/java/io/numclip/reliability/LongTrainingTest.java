package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of steps of one training leave the memory of its process as it was; and a training that gets too little memory
 * says so, and goes on when it gets more.
 */
@Tag("campaign")
class LongTrainingTest {

    private static final int MACHINE = 71;
    private static final int JAVAS_OWN = 1;
    private static final int FEW_STEPS = 600; // enough for what piles up on purpose
    private static final double MOST_MEGABYTES = 16; // between the second and the last tenth of the steps

    @TempDir
    Path folder;

    /** What a process had at one moment: native arrays, and resident megabytes. */
    private record Sample(int arrays, String managers, double megabytes) {

        static Sample parse(String line) {
            String[] fields = line.split(",", 4);
            return new Sample(Integer.parseInt(fields[1]), fields[3], Double.parseDouble(fields[2]));
        }
    }

    @Test
    void memoryStaysAsItIs() throws Exception {
        List<Sample> samples = train(steps(), ManySteps.Leak.NONE);
        Campaign.figure("G6", "steps of one training", steps());
        Campaign.figure("G6", "growth of its resident memory in MB", growth(samples));
        assertThat(arrays(samples)).containsOnly(samples.get(0).arrays());
        assertThat(samples)
                .extracting(Sample::managers)
                .containsOnly(samples.get(0).managers());
        assertThat(growth(samples)).isLessThan(MOST_MEGABYTES);
    }

    @Test
    void arraysThatPileUpAreNoticed() throws Exception {
        List<Sample> samples = train(FEW_STEPS, ManySteps.Leak.ARRAYS);
        assertThat(arrays(samples)).doesNotHaveDuplicates();
        assertThat(growth(samples)).isGreaterThan(MOST_MEGABYTES);
    }

    @Test
    void nativeMemoryThatPilesUpIsNoticed() throws Exception {
        assertThat(growth(train(FEW_STEPS, ManySteps.Leak.NATIVE))).isGreaterThan(MOST_MEGABYTES);
    }

    private static int steps() {
        return Campaign.size(2_000, 10_000);
    }

    private List<Sample> train(int steps, ManySteps.Leak leak) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xms256m",
                "-Xmx256m",
                "-XX:+AlwaysPreTouch", // so that the heap does not look like a leak
                "-XX:+UseSerialGC",
                "-Dnumclip.cache=" + folder.resolve("cache"),
                "-cp",
                System.getProperty("java.class.path"),
                ManySteps.class.getName(),
                String.valueOf(steps),
                leak.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Path.of("../numclip-core").toFile()) // where the reference model is
                .redirectError(folder.resolve("stderr").toFile());
        builder.environment().putAll(Map.of("OMP_NUM_THREADS", "1", "MALLOC_ARENA_MAX", "2"));
        Process process = builder.start();
        List<Sample> samples = new ArrayList<>();
        try (BufferedReader lines = process.inputReader()) {
            lines.lines()
                    .filter(line -> line.startsWith("sample,"))
                    .map(Sample::parse)
                    .forEach(samples::add);
        }
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("stderr")))
                .isZero();
        assertThat(samples).hasSize(ManySteps.SAMPLES);
        return samples.subList(ManySteps.SAMPLES / 10, ManySteps.SAMPLES); // compilers and pools have settled
    }

    private static List<Integer> arrays(List<Sample> samples) {
        return samples.stream().map(Sample::arrays).toList();
    }

    /** Megabytes, from the mean of the first samples to that of the last. */
    private static double growth(List<Sample> samples) {
        int some = ManySteps.SAMPLES / 10;
        return mean(samples.subList(samples.size() - some, samples.size())) - mean(samples.subList(0, some));
    }

    private static double mean(List<Sample> samples) {
        return samples.stream().mapToDouble(Sample::megabytes).average().orElseThrow();
    }

    @Test
    void tooLittleHeapEndsATrainingThatCanBeResumed() throws Exception {
        tooLittle(List.of("-Xmx10m"), "out of memory", "JAVA_OPTS=-Xmx");
    }

    @Test
    void tooLittleDirectMemoryEndsATrainingThatCanBeResumed() throws Exception {
        tooLittle(List.of("-XX:MaxDirectMemorySize=64k"), "out of memory", "JAVA_OPTS=-XX:MaxDirectMemorySize=");
    }

    private void tooLittle(List<String> options, String... told) throws IOException, InterruptedException {
        SmallTask.write(folder, 4);
        Program enough = new Program(folder);
        Path whole = folder.resolve("whole");
        assertThat(enough.run(train(whole))).as(enough.err()).isZero();
        Path run = folder.resolve("run");
        assertThat(enough.killedWhen(() -> Files.exists(run.resolve("checkpoint/epoch-00001")), train(run)))
                .isEmpty();
        Program little = new Program(folder, options.toArray(String[]::new));
        assertThat(little.run(train(run))).as(little.err()).isEqualTo(MACHINE);
        assertThat(little.err()).contains(told).doesNotContain("\tat ", "bug");
        assertThat(enough.run(train(run))).as(enough.err()).isZero();
        assertThat(FolderDigests.differences(FolderDigests.of(run), FolderDigests.of(whole)))
                .isEmpty();
    }

    /** Where Java itself cannot start or go on, it says so in its own words; what is there stays whole. */
    @Test
    void tooLittleAddressSpaceEndsATrainingThatCanBeResumed() throws Exception {
        SmallTask.write(folder, 4);
        Program enough = new Program(folder);
        Path whole = folder.resolve("whole");
        assertThat(enough.run(train(whole))).as(enough.err()).isZero();
        Path run = folder.resolve("run");
        Set<Integer> codes = new TreeSet<>();
        for (int megabytes = 1_000; !codes.contains(0); megabytes += 300) {
            Program little = new Program(folder, "-Xmx256m").withAddressSpace(megabytes);
            int code = little.run(train(run));
            codes.add(code);
            assertThat(code).as(megabytes + " MB: " + little.err()).isIn(0, JAVAS_OWN, MACHINE);
            if (code == MACHINE) {
                assertThat(little.err()).contains("fix: ", "ulimit -v").doesNotContain("\tat ", "bug");
            }
        }
        assertThat(codes).contains(JAVAS_OWN, MACHINE);
        assertThat(FolderDigests.differences(FolderDigests.of(run), FolderDigests.of(whole)))
                .isEmpty();
    }

    private String[] train(Path run) {
        return SmallTask.train(folder, run).toArray(String[]::new);
    }
}
