package io.numclip.bench;

import io.numclip.data.Prediction;
import io.numclip.host.NumClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Memory of a Java application after a tenth of its predictions and after all, and whether its threads agree. */
@Command(name = "LibraryMemory", description = "Prints the memory after a tenth of the predictions and after all.")
public final class LibraryMemory implements Callable<String> {

    private static final int THREADS = 8;
    private static final int IMAGES_PER_THREAD = 200;

    @Parameters(index = "0", paramLabel = "RUN", description = "folder of a trained run")
    private Path run;

    @Parameters(index = "1", paramLabel = "FOLDER", description = "image files, predicted one at a time and again")
    private Path folder;

    @Parameters(index = "2", paramLabel = "PREDICTIONS", description = "how many")
    private int count;

    public static void main(String[] arguments) {
        System.exit(Program.run(new LibraryMemory(), arguments));
    }

    @Override
    public String call() throws IOException, InterruptedException, ExecutionException {
        try (NumClip model = NumClip.open(run)) {
            List<Path> images = images();
            predict(model, images, count / 10);
            String first = Program.line("own-mib-after-a-tenth", Resident.now().own());
            predict(model, images, count - count / 10);
            String last = Program.line("own-mib-after-all", Resident.now().own());
            return first + "\n" + last + "\n" + Program.line("threads-that-differ", threadsThatDiffer(model, images));
        }
    }

    private List<Path> images() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static List<Prediction> predict(NumClip model, List<Path> images, int count) {
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Prediction prediction = model.predict(images.get(i % images.size()));
            if (i < IMAGES_PER_THREAD) {
                predictions.add(prediction);
            }
        }
        return predictions;
    }

    private static int threadsThatDiffer(NumClip model, List<Path> images)
            throws InterruptedException, ExecutionException {
        List<Prediction> alone = predict(model, images, IMAGES_PER_THREAD);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<Prediction>>> together = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                together.add(threads.submit(() -> predict(model, images, IMAGES_PER_THREAD)));
            }
            int differing = 0;
            for (Future<List<Prediction>> predictions : together) {
                differing += predictions.get().equals(alone) ? 0 : 1;
            }
            return differing;
        } finally {
            threads.shutdown();
        }
    }
}
