package io.numclip.bench;

import io.numclip.host.NumClips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Several models over one CLIP against the first of them alone: time and peak memory of predicting the same images. */
@Command(name = "SharedTower", description = "Prints time and peak memory of one model and of all together.")
public final class SharedTower implements Callable<String> {

    private static final int ROUNDS = 5;

    @Parameters(index = "0..*", arity = "2..*", paramLabel = "RUN... FOLDER", description = "trained runs, image files")
    private List<Path> arguments;

    public static void main(String[] arguments) {
        System.exit(Program.run(new SharedTower(), arguments));
    }

    @Override
    public String call() throws IOException {
        List<Path> runs = arguments.subList(0, arguments.size() - 1);
        List<Path> images = images(arguments.get(arguments.size() - 1));
        double peakOfOne = peak(runs.subList(0, 1), images);
        double peakOfAll = peak(runs, images); // never less than that before it, in the same process
        double[] one = new double[ROUNDS];
        double[] all = new double[ROUNDS];
        try (NumClips first = NumClips.open(runs.subList(0, 1));
                NumClips together = NumClips.open(runs)) {
            for (int i = 0; i < ROUNDS; i++) {
                one[i] = seconds(first, images);
                all[i] = seconds(together, images);
            }
            return String.join(
                    "\n",
                    Program.line("passes", together.passes()),
                    Program.line("seconds-one", Program.median(one)),
                    Program.line("seconds-all", Program.median(all)),
                    Program.line("peak-mib-one", peakOfOne),
                    Program.line("peak-mib-all", peakOfAll));
        }
    }

    private static double peak(List<Path> runs, List<Path> images) throws IOException {
        try (NumClips models = NumClips.open(runs)) {
            seconds(models, images);
            return Resident.peak();
        }
    }

    private static double seconds(NumClips models, List<Path> images) throws IOException {
        long start = System.nanoTime();
        models.predict(images, (index, predictions) -> {});
        return (System.nanoTime() - start) / 1e9;
    }

    private static List<Path> images(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
