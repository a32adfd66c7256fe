package io.numclip.pretraining;

import ai.djl.Device;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ModelFiles;
import io.numclip.data.Invocation;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Setting;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.runner.terminal.Computes;
import io.numclip.runner.terminal.Services;
import io.numclip.runner.terminal.Stoppable;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.Fingerprint;
import io.numclip.storage.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a small CLIP from the captioned samples of all tasks, and from pictures with captions. */
@Command(
        name = "pretrain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Pretrains a small CLIP on captioned samples and pictures, from scratch or from another CLIP. Run the same"
                        + " command again to resume.",
        footerHeading = "%nExample:%n",
        footer = {
            "  numclip-tools/pretrain --out my-clip --images 20000",
            "  numclip-tools/pretrain --out my-clip --images 600000 --image-width 192 \\",
            "    --pictures pictures/pictures.csv",
            "  numclip-tools/pretrain --out mine --from embedded --images 60000 \\",
            "    --pictures mine.csv --drawn 0 --learning-rate 3e-4"
        })
public final class PretrainCommand implements Computes {

    private static final String LOG = "pretraining.csv";
    private static final String HELD_OUT = "held-out.csv";
    private static final double WARMUP = 0.05;
    private static final int STEPS_PER_LINE = 50;
    /** Labels are held out by chance: of few, more than their share can be. */
    private static final double MORE = 1.5;

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

    @Option(
            names = "--pictures",
            paramLabel = "LIST.csv",
            description =
                    "Pictures with captions, beside the samples: columns image and caption, captions separated by |."
                            + " tools/pictures/fetch.py makes such a list.")
    private @Nullable Path pictures;

    @Option(
            names = "--drawn",
            paramLabel = "SHARE",
            description = "Share of the images that are samples of the tasks, where there are pictures"
                    + " (default: ${DEFAULT-VALUE}).",
            defaultValue = "0.3")
    private double drawn;

    @Option(
            names = "--held-out",
            paramLabel = "SHARE",
            description = "Share of the labels of each task that are never shown (default: ${DEFAULT-VALUE}).",
            defaultValue = "0.2")
    private double heldOut;

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

    @Option(
            names = "--precision",
            description =
                    "Arithmetic of the towers: auto, fp32, bf16 (default: ${DEFAULT-VALUE}, which is bf16 where the"
                            + " processor has instructions for it).",
            defaultValue = "auto")
    private Precision precision;

    @Option(
            names = "--checkpoint",
            paramLabel = "SECONDS",
            description = "Time between two checkpoints, at least (default: ${DEFAULT-VALUE}).",
            defaultValue = "120")
    private int checkpoint;

    @Mixin
    private TowerOptions towers = new TowerOptions();

    private final Services services;

    public PretrainCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        requireShare("--drawn", drawn, 1);
        requireShare("--held-out", heldOut, 0.9);
        Beginning beginning = towers.beginning();
        PretrainingConfig config =
                new PretrainingConfig(images, batchSize, learningRate, WARMUP, seed, precision.on(Device.cpu()));
        return FolderLock.during(out, () -> {
            if (ContrastivePretrainer.complete(out)) {
                return finished();
            }
            requireNoModel();
            return Stoppable.run(
                    services.console(),
                    "what was learned up to the last checkpoint is kept. Run the same command to go on.",
                    () -> pretrain(config, beginning));
        });
    }

    private static void requireShare(String option, double share, double most) {
        if (!(share >= 0 && share <= most)) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    option + " must be from 0 to " + most + "; found " + share,
                    "give it another value, see --help");
        }
    }

    /** Written over, a model would be half the old one and half the new one for a moment. */
    private void requireNoModel() throws IOException {
        boolean isUnfinished = Files.exists(out.resolve(LOG)) && !Files.exists(out.resolve(ModelFiles.WEIGHTS));
        if (!isUnfinished && !AtomicFolder.isFree(out)) {
            throw new NumClipException(
                    NumClipException.Kind.OUTPUT,
                    out + " exists and is not an empty folder",
                    "name another folder with --out, or delete this one");
        }
    }

    /** The weights get their name last: a folder that has them has everything. */
    private int pretrain(PretrainingConfig config, Beginning beginning) throws IOException {
        List<CaptionedPicture> made = pictures == null ? List.of() : PictureList.read(pictures);
        int samples = made.isEmpty() ? images : (int) Math.round(images * drawn);
        PretrainingLog log = PretrainingLog.open(out.resolve(LOG));
        CaptionedSamples worlds = samples == 0 ? CaptionedSamples.NONE : worlds(samples);
        AtomicFile.write(out.resolve(HELD_OUT), "task,what,value\n" + String.join("\n", worlds.unseen()) + "\n");
        Set<String> texts = new LinkedHashSet<>(worlds.texts());
        made.forEach(picture -> texts.addAll(picture.captions()));
        int seen = images - worlds.images().size();
        List<LabeledImage> all = new Mixture(worlds.images(), views(made, seen, beginning.imageSize()));
        try (ContrastivePretrainer pretrainer =
                new ContrastivePretrainer(config, beginning, List.copyOf(texts), settings(), out, this::warn)) {
            log.resume(pretrainer.firstStep());
            pretrain(pretrainer, all, log);
        }
        return finished();
    }

    private CaptionedSamples worlds(int samples) throws IOException {
        return CaptionedSamples.of(experiments(samples), share(samples), new HeldOut(heldOut, seed), seed);
    }

    private int finished() {
        services.console()
                .out()
                .println("Wrote " + PlainText.printable(out) + ". Try it: " + Invocation.NAME
                        + " train age --set backbone.model=" + Invocation.argument(out));
        return ExitCodes.DONE;
    }

    private List<LabeledImage> views(List<CaptionedPicture> made, int count, int imageSize) {
        return made.isEmpty() ? List.of() : new PictureViews(made, count, imageSize, seed);
    }

    /** What the result depends on, by the name of the option. */
    private Map<String, String> settings() throws IOException {
        Map<String, String> settings = towers.settings();
        settings.put("--tasks", String.join(",", tasks));
        settings.put("--images", Integer.toString(images));
        settings.put("--batch-size", Integer.toString(batchSize));
        settings.put("--learning-rate", Double.toString(learningRate));
        settings.put("--seed", Long.toString(seed));
        settings.put("--precision", precision.on(Device.cpu()).toString());
        settings.put("--drawn", Double.toString(drawn));
        settings.put("--held-out", Double.toString(heldOut));
        settings.put(
                "content of --pictures",
                pictures == null ? "none" : new Fingerprint().add(pictures).hex());
        return settings;
    }

    private int share(int samples) {
        return (samples + tasks.size() - 1) / tasks.size();
    }

    /** With more samples than are taken, so that enough are left without those that are held out. */
    private List<ExperimentConfig> experiments(int samples) {
        ExperimentReader reader = new ExperimentReader(services.catalog());
        int count = (int) Math.ceil(share(samples) / (1 - heldOut) * MORE);
        List<ExperimentConfig> configs = new ArrayList<>();
        for (String task : tasks) {
            configs.add(reader.read(
                    task,
                    List.of(
                            new Setting("task.data.samples.train", Integer.toString(count)),
                            new Setting("task.data.seed", Long.toString(seed)))));
        }
        return configs;
    }

    private void pretrain(ContrastivePretrainer pretrainer, List<LabeledImage> samples, PretrainingLog log)
            throws IOException {
        long start = System.nanoTime();
        int first = pretrainer.firstStep();
        ContrastivePretrainer.Pace pace =
                new ContrastivePretrainer.Pace(STEPS_PER_LINE, Duration.ofSeconds(checkpoint));
        pretrainer.pretrain(samples, this::report, pace, new MeanOfSteps(STEPS_PER_LINE, (step, steps, loss) -> {
            double seconds = (System.nanoTime() - start) / 1e9;
            double perStep = seconds / (step - first);
            log.add(step, (long) step * batchSize, loss, seconds);
            services.console()
                    .err()
                    .printf(
                            Locale.ROOT,
                            "step %d of %d  loss %.3f  %.0f images/s  %.0f s left%n",
                            step,
                            steps,
                            loss,
                            batchSize / perStep,
                            perStep * (steps - step));
        }));
    }

    private void warn(String message) {
        services.console().err().println("warning: " + PlainText.printable(message));
    }

    private void report(String image, String reason) {
        services.console().err().println("left out: " + PlainText.printable(image + ": " + reason));
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
