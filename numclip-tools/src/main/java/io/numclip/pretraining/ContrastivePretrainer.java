package io.numclip.pretraining;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import io.numclip.clip.directory.ClipConfigFile;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelFiles;
import io.numclip.clip.kernel.NativeLibrary;
import io.numclip.clip.kernel.NoGradient;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.input.ImageBatches;
import io.numclip.input.PixelBatch;
import io.numclip.model.ScopedParameters;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.Leftovers;
import io.numclip.training.RandomOrder;
import io.numclip.training.optimizer.Optimizer;
import io.numclip.training.optimizer.RAdam;
import io.numclip.training.store.Checkpoint;
import io.numclip.training.store.Conditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Trains a CLIP to match captions and images (Radford et al. 2021, section 2.3). Images of a batch
 * that share a caption are each other's positives (UniCL, Yang et al. 2022, equation 3).
 */
public final class ContrastivePretrainer implements AutoCloseable {

    /** The logarithm of the largest logit scale, which is 100 as in CLIP. */
    private static final float HIGHEST_LOGIT_SCALE = (float) Math.log(100);

    /** Told of each step. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param step from 1 to {@code steps}
         * @param loss of this batch; chance level is the logarithm of the batch size
         */
        void step(int step, int steps, double loss);
    }

    /** Weights that are complete, before they get their name. */
    private static final String WHOLE = ".model.safetensors.whole";

    private static final String CHECKPOINTS = "checkpoint";

    /**
     * When a checkpoint is written.
     *
     * @param steps only after a multiple of so many
     * @param pause and so long after the last one
     */
    public record Pace(int steps, Duration pause) {}

    private final PretrainingConfig config;
    private final Path directory;
    private final Checkpoint.Place checkpoints;
    private final Map<String, String> settings;
    private final ClipPreprocessor preprocessor;
    private final ClipTokenizer tokenizer;
    private final ClipBackbone backbone;
    private final RAdam optimizer;
    private final int firstStep;
    private final Map<String, long[]> tokens = new HashMap<>();

    /**
     * Writes tokenizer and preprocessor, and takes the weights of the beginning, or of the last checkpoint in the directory.
     *
     * @param texts what a new vocabulary is built from: captions, and other words that the tokenizer should know
     * @param settings what the result depends on; a checkpoint must have been begun with the same
     * @param directory becomes a Hugging Face CLIP directory
     * @param warning told of each checkpoint that is damaged; if there is no other, the pretraining begins anew
     * @throws NumClipException if there is a checkpoint with other settings
     */
    public ContrastivePretrainer(
            PretrainingConfig config,
            Beginning beginning,
            List<String> texts,
            Map<String, String> settings,
            Path directory,
            Consumer<String> warning)
            throws IOException {
        this.config = config;
        this.settings = Map.copyOf(settings);
        this.directory = Files.createDirectories(directory);
        checkpoints = new Checkpoint.Place(directory.resolve(CHECKPOINTS), "step-", 7, 1);
        Leftovers.recover(checkpoints.root());
        Optional<Checkpoint<PretrainingProgress>> checkpoint = latest(warning);
        if (checkpoint.isEmpty()) {
            beginning.prepare(texts, directory);
        }
        preprocessor = ClipDirectory.preprocessor(directory);
        tokenizer = ClipTokenizer.load(directory, beginning.contextLength());
        backbone = beginning.open(tokenizer, config, Device.cpu());
        optimizer = new RAdam(List.of(new Optimizer.Group(config.learningRate(), 0, parameters())), backbone.manager());
        firstStep = checkpoint.isPresent() ? restored(checkpoint.get()) : 0;
    }

    private Optional<Checkpoint<PretrainingProgress>> latest(Consumer<String> warning) throws IOException {
        List<String> damaged = new ArrayList<>();
        Optional<Checkpoint<PretrainingProgress>> found = checkpoints.latest(PretrainingProgress.class, damaged::add);
        String instead = found.isPresent() ? "one before it is used" : "the pretraining begins anew";
        damaged.forEach(damage -> warning.accept(damage + "; this checkpoint is damaged, and " + instead));
        return found;
    }

    /** How many steps of it are done. */
    private int restored(Checkpoint<PretrainingProgress> checkpoint) throws IOException {
        requireUnchanged(checkpoint);
        try (NDManager scope = backbone.manager().newSubManager()) {
            Map<String, NDArray> saved = checkpoint.parameters(scope);
            parameters().forEach((name, parameter) -> NoGradient.set(parameter, saved.get(name)));
        }
        checkpoint.restore(optimizer);
        return checkpoint.progress().step();
    }

    private void requireUnchanged(Checkpoint<PretrainingProgress> checkpoint) {
        List<String> changes = new Conditions(checkpoint.progress().settings()).changesTo(new Conditions(settings));
        if (!changes.isEmpty()) {
            throw new NumClipException(
                    NumClipException.Kind.CONFIGURATION,
                    checkpoint.folder() + ": the pretraining was started with other settings:\n  "
                            + String.join("\n  ", changes),
                    "give the command as it was, or name another folder with --out");
        }
    }

    /** Steps that an earlier process has done. */
    public int firstStep() {
        return firstStep;
    }

    /** Gives complete weights their name, if that is all that an earlier process has left to do. */
    public static boolean complete(Path directory) throws IOException {
        if (!Files.exists(directory.resolve(WHOLE))) {
            return false;
        }
        AtomicFolder.delete(directory.resolve(CHECKPOINTS));
        AtomicFile.rename(directory.resolve(WHOLE), directory.resolve(ModelFiles.WEIGHTS));
        return true;
    }

    /**
     * Trains on each image once, then writes {@code config.json} and float16 {@code model.safetensors}, which gets its name
     * last.
     *
     * @param images with the attribute {@link LabeledImage#CAPTION}
     */
    public void pretrain(List<LabeledImage> images, ImageBatches.SkippedImages skipped, Pace pace, Listener listener)
            throws IOException {
        int[] order = RandomOrder.permutation(images.size(), config.seed(), 0);
        int[] left = Arrays.copyOfRange(order, Math.min(firstStep * config.batchSize(), order.length), order.length);
        try (ImageBatches source = new ImageBatches(images, preprocessor, 0, skipped)) {
            Iterator<PixelBatch> batches = source.batches(left, config.batchSize());
            long lastWritten = System.nanoTime();
            for (int step = firstStep; step < config.steps() && batches.hasNext(); step++) {
                PixelBatch batch = batches.next();
                List<String> captions = batch.indices().stream()
                        .map(i -> caption(images.get(i)))
                        .toList();
                float loss = step(batch, captions, config.learningRateFactor(step));
                listener.step(step + 1, config.steps(), loss);
                if ((step + 1) % pace.steps() == 0
                        && System.nanoTime() - lastWritten >= pace.pause().toNanos()) {
                    checkpoints.write(step + 1, new PretrainingProgress(step + 1, settings), arrays(), optimizer);
                    lastWritten = System.nanoTime();
                }
            }
        }
        finish();
    }

    private Map<String, NDArray> arrays() {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        parameters().forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
        return arrays;
    }

    /** At every moment there is a checkpoint, or weights that are complete. */
    private void finish() throws IOException {
        Path finished = checkpoints.root().resolve("finished");
        backbone.save(finished, true);
        ClipConfigFile.write(backbone.config(), directory.resolve(ClipConfigFile.NAME), true);
        AtomicFile.rename(finished.resolve(ModelFiles.WEIGHTS), directory.resolve(WHOLE));
        complete(directory);
    }

    private static String caption(LabeledImage image) {
        String caption = image.attributes().get(LabeledImage.CAPTION);
        if (caption == null) {
            throw new IllegalArgumentException("image '" + image.name() + "' has no caption");
        }
        return caption;
    }

    private float step(PixelBatch batch, List<String> captions, double rateFactor) {
        try (NDManager manager = backbone.manager().newSubManager()) {
            float loss;
            try (GradientCollector collector = NativeLibrary.engine().newGradientCollector()) {
                NDArray total = loss(batch.toArray(manager), captions);
                loss = total.getFloat();
                collector.backward(total);
            }
            if (Float.isFinite(loss) && optimizer.gradientsAreFinite()) {
                optimizer.step(rateFactor);
            } else {
                optimizer.zeroGradients();
            }
            limitLogitScale(manager);
            return loss;
        }
    }

    private NDArray loss(NDArray pixels, List<String> captions) {
        NDManager manager = pixels.getManager();
        NDArray imageFeatures = normalize(backbone.imageTower().encode(pixels, true)); // (N, D)
        NDArray textFeatures = normalize(encode(manager, captions)); // (N, D)
        NDArray scale =
                ScopedParameters.view(backbone.logitScale().getArray(), manager).exp(); // ()
        NDArray logits = imageFeatures.matMul(textFeatures.transpose()).mul(scale); // (N, N)
        NDArray targets = positives(manager, captions); // (N, N), rows sum to 1, symmetric
        NDArray imageToText = logits.logSoftmax(1).mul(targets).sum();
        NDArray textToImage = logits.logSoftmax(0).mul(targets).sum();
        return imageToText.add(textToImage).div(manager.create(-2f * captions.size())); // ()
    }

    private static NDArray normalize(NDArray features) {
        return features.div(features.norm(new int[] {1}, true)); // (N, D)
    }

    private NDArray encode(NDManager manager, List<String> captions) {
        List<long[]> sequences = captions.stream()
                .map(caption -> tokens.computeIfAbsent(caption, tokenizer::encode))
                .toList();
        int longest = sequences.stream().mapToInt(ids -> ids.length).max().orElseThrow();
        long[] padded = new long[sequences.size() * longest];
        long[] ends = new long[sequences.size()];
        for (int i = 0; i < ends.length; i++) {
            long[] ids = sequences.get(i);
            System.arraycopy(ids, 0, padded, i * longest, ids.length);
            ends[i] = ids.length - 1L;
        }
        NDArray batch = manager.create(padded, new Shape(ends.length, longest)); // (N, L)
        return backbone.textTower().encodeTokens(batch, manager.create(ends), true); // (N, D)
    }

    private static NDArray positives(NDManager manager, List<String> captions) {
        int count = captions.size();
        float[] targets = new float[count * count];
        for (int i = 0; i < count; i++) {
            String caption = captions.get(i);
            float share = 1f / captions.stream().filter(caption::equals).count();
            for (int j = 0; j < count; j++) {
                targets[i * count + j] = caption.equals(captions.get(j)) ? share : 0;
            }
        }
        return manager.create(targets, new Shape(count, count)); // (N, N)
    }

    private void limitLogitScale(NDManager manager) {
        if (backbone.logitScale().getArray().getFloat() > HIGHEST_LOGIT_SCALE) {
            NoGradient.set(backbone.logitScale(), manager.create(HIGHEST_LOGIT_SCALE)); // ()
        }
    }

    private Map<String, Parameter> parameters() {
        Map<String, Parameter> all = new LinkedHashMap<>(backbone.imageTower().parameters());
        all.putAll(backbone.textTower().parameters());
        all.put("logit_scale", backbone.logitScale());
        return all;
    }

    @Override
    public void close() {
        optimizer.close();
        backbone.close();
        tokenizer.close();
    }
}
