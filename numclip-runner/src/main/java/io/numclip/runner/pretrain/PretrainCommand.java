package io.numclip.runner.pretrain;

import io.numclip.clip.ModelSource;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Setting;
import io.numclip.pretraining.ContrastivePretrainer;
import io.numclip.pretraining.PretrainingConfig;
import io.numclip.runner.terminal.ExitCodes;
import io.numclip.runner.terminal.Services;
import io.numclip.runner.terminal.Stoppable;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.FolderLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a small CLIP from the captioned samples of all tasks. */
@Command(
        name = "pretrain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Pretrains a small CLIP from scratch on captioned sample images, as the embedded model was pretrained.",
        footerHeading = "%nExample:%n",
        footer = "  numclip pretrain --out my-clip --images 20000")
public final class PretrainCommand implements Callable<Integer> {

    /** The tower sizes of the embedded model: 64 pixels in patches of 8, five layers of 128, text three layers. */
    private static final PretrainingConfig.Shape SHAPE = new PretrainingConfig.Shape(64, 8, 128, 5, 128, 3, 40, 128);

    private static final String LOG = "pretraining.csv";
    private static final int VOCABULARY = 1200;
    private static final double WARMUP = 0.05;
    private static final int STEPS_PER_LINE = 50;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The Hugging Face CLIP directory to write; new or empty.")
    private Path out = Path.of("");

    @Option(
            names = "--tasks",
            split = ",",
            paramLabel = "TASK",
            description = "Tasks whose samples to use (default: ${DEFAULT-VALUE}).",
            defaultValue = "age,counting,dating,aesthetics")
    private List<String> tasks = List.of();

    @Option(
            names = "--images",
            description = "How many images to train on, each once (default: ${DEFAULT-VALUE}).",
            defaultValue = "120000")
    private int images;

    @Option(names = "--batch-size", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "64")
    private int batchSize;

    @Option(names = "--learning-rate", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "1e-3")
    private double learningRate;

    @Option(
            names = "--seed",
            description = "Seed of weights, order and samples (default: ${DEFAULT-VALUE}). The samples that tasks train"
                    + " and test on have their own seeds.",
            defaultValue = "20240")
    private long seed;

    private final Services services;

    public PretrainCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        PretrainingConfig config =
                new PretrainingConfig(images, batchSize, learningRate, WARMUP, VOCABULARY, seed, SHAPE);
        CaptionedSamples samples = CaptionedSamples.of(experiments());
        return FolderLock.during(out, () -> {
            requireNoModel();
            return Stoppable.run(
                    services.console(),
                    "nothing is kept. Run the same command to begin anew.",
                    () -> pretrain(config, samples));
        });
    }

    /** Written over, a model would be half the old one and half the new one for a moment. */
    private void requireNoModel() throws IOException {
        boolean isUnfinished = Files.exists(out.resolve(LOG)) && !Files.exists(out.resolve(ModelSource.WEIGHTS));
        if (!isUnfinished && !AtomicFolder.isFree(out)) {
            throw new NumClipException(
                    NumClipException.Kind.OUTPUT,
                    out + " exists and is not an empty folder",
                    "name another folder with --out, or delete this one");
        }
    }

    /** The weights are written last: a folder that has them has everything. */
    private int pretrain(PretrainingConfig config, CaptionedSamples samples) throws IOException {
        try (PrintWriter log = new PrintWriter(Files.newBufferedWriter(out.resolve(LOG), StandardCharsets.UTF_8));
                ContrastivePretrainer pretrainer = new ContrastivePretrainer(config, samples.texts(), out)) {
            pretrain(pretrainer, samples.images(), log);
        }
        services.console().out().println("Wrote " + out + ". Try it: numclip train age --set backbone.model=" + out);
        return ExitCodes.DONE;
    }

    private List<ExperimentConfig> experiments() {
        ExperimentReader reader = new ExperimentReader(services.catalog());
        List<ExperimentConfig> configs = new ArrayList<>();
        for (String task : tasks) {
            int share = (images + tasks.size() - 1) / tasks.size();
            configs.add(reader.read(
                    task,
                    List.of(
                            new Setting("task.data.samples.train", Integer.toString(share)),
                            new Setting("task.data.seed", Long.toString(seed)))));
        }
        return configs;
    }

    private void pretrain(ContrastivePretrainer pretrainer, List<LabeledImage> samples, PrintWriter log)
            throws IOException {
        long start = System.nanoTime();
        log.println("step,images,loss,seconds");
        pretrainer.pretrain(samples, this::report, new MeanOfSteps(STEPS_PER_LINE, (step, steps, loss) -> {
            double seconds = (System.nanoTime() - start) / 1e9;
            long seen = (long) step * batchSize;
            log.printf(Locale.ROOT, "%d,%d,%.4f,%.1f%n", step, seen, loss, seconds);
            services.console()
                    .err()
                    .printf(
                            Locale.ROOT,
                            "step %d of %d  loss %.3f  %.0f images/s  %.0f s left%n",
                            step,
                            steps,
                            loss,
                            seen / seconds,
                            seconds / step * (steps - step));
        }));
    }

    private void report(String image, String reason) {
        services.console().err().println("left out: " + image + ": " + reason);
    }

    /** Passes on the mean loss of every {@code every} steps. */
    private static final class MeanOfSteps implements ContrastivePretrainer.Listener {

        private final int every;
        private final ContrastivePretrainer.Listener next;
        private double sum;

        MeanOfSteps(int every, ContrastivePretrainer.Listener next) {
            this.every = every;
            this.next = next;
        }

        @Override
        public void step(int step, int steps, double loss) {
            sum += loss;
            if (step % every == 0) {
                next.step(step, steps, sum / every);
                sum = 0;
            }
        }
    }
}
