package io.numclip.reliability;

import ai.djl.ndarray.NDManager;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.ImageSource;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.features.FeatureCache;
import io.numclip.head.SsrHead;
import io.numclip.loss.RankingCrossEntropy;
import io.numclip.model.NumClipModel;
import io.numclip.model.Part;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;
import io.numclip.spi.RankingLoss;
import io.numclip.testing.TinyClip;
import io.numclip.training.Augmentation;
import io.numclip.training.Sampling;
import io.numclip.training.Schedule;
import io.numclip.training.Trainer;
import io.numclip.training.TrainingConfig;
import io.numclip.training.WeightedLoss;
import io.numclip.training.optimizer.LearningRates;
import io.numclip.training.progress.TrainingListener;
import io.numclip.training.store.TrainingStore;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A training of many steps in a process of its own, which says every now and then what it holds. */
final class ManySteps {

    /** Lines that it writes: {@code sample,ARRAYS,MEGABYTES,MANAGERS}. */
    static final int SAMPLES = 100;

    private static final int LEAKED_BYTES = 1 << 16;
    private static final int STEPS_PER_EPOCH = 20;
    private static final Bins BINS = new Bins(List.of(new Bin("child", 0, 50, 25), new Bin("adult", 50, 100, 75)));

    /** What is held on purpose after each step. */
    enum Leak {
        NONE,
        ARRAYS,
        NATIVE
    }

    private ManySteps() {}

    public static void main(String... arguments) throws IOException {
        int steps = Integer.parseInt(arguments[0]);
        TinyClip clip = TinyClip.in(Files.createTempDirectory("many-steps"));
        try (NumClipModel model = clip.model(BINS, head())) {
            new Trainer(
                            model,
                            clip.description(new LabelScale(0, 100, "years"), "ssr"),
                            List.of(loss()),
                            config(steps),
                            FeatureCache.of(clip.base(), Precision.FP32, ClipDirectory.preprocessor(clip.directory())),
                            TrainingStore.memory(),
                            new Sampler(model.imageTower().manager(), steps, Leak.valueOf(arguments[1])))
                    .fit(images(20), images(7));
        }
    }

    private static FineHead head() {
        SsrHead.Factory factory = new SsrHead.Factory();
        return factory.create(factory.defaults(), new HeadContext(BINS, TinyClip.EMBED_DIM));
    }

    private static WeightedLoss loss() {
        RankingCrossEntropy.Factory factory = new RankingCrossEntropy.Factory();
        RankingLoss.Context context = new RankingLoss.Context(BINS, TinyClip.EMBED_DIM, List.of(10, 10));
        return new WeightedLoss("image_to_text", 1, factory.create(factory.defaults(), context));
    }

    private static List<LabeledImage> images(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new LabeledImage("gray-" + i, new Gray(i * 12), i * 100.0 / count, Map.of()))
                .toList();
    }

    private record Gray(int level) implements ImageSource {

        @Override
        public BufferedImage read() {
            BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < 1_600; i++) {
                image.setRGB(i % 40, i / 40, level * 0x10101);
            }
            return image;
        }

        @Override
        public String fingerprint() {
            return "gray|" + level;
        }
    }

    /** All parts learn, from pixels that are read in each epoch. */
    private static TrainingConfig config(int steps) {
        LearningRates rates = LearningRates.frozen()
                .with(Part.IMAGE_ENCODER, 1e-6)
                .with(Part.TEXT_ENCODER, 1e-6)
                .with(Part.ADAPTER, 1e-4)
                .with(Part.CONCEPTS, 1e-5)
                .with(Part.FINE_HEAD, 1e-4);
        return new TrainingConfig(
                steps / STEPS_PER_EPOCH,
                5,
                1,
                List.of(),
                1,
                0,
                new Augmentation(true, false),
                rates,
                0,
                0,
                Sampling.NATURAL,
                STEPS_PER_EPOCH,
                Schedule.MILESTONES,
                0);
    }

    private static final class Sampler implements TrainingListener {

        private final NDManager manager;
        private final int every;
        private final Leak leak;
        private final List<ByteBuffer> held = new ArrayList<>();
        private int steps;

        Sampler(NDManager manager, int steps, Leak leak) {
            this.manager = manager;
            this.every = steps / SAMPLES;
            this.leak = leak;
        }

        @Override
        public void batchFinished(int epoch, int batch, int batches, double loss, double imagesPerSecond) {
            if (leak == Leak.ARRAYS) {
                manager.create(new float[LEAKED_BYTES / Float.BYTES]);
            } else if (leak == Leak.NATIVE) {
                held.add(touched(ByteBuffer.allocateDirect(LEAKED_BYTES)));
            }
            if (++steps % every == 0) {
                int arrays = manager.getManagedArrays().size();
                System.out.println("sample," + arrays + "," + megabytes() + "," + manager.getParentManager());
            }
        }

        private static ByteBuffer touched(ByteBuffer buffer) {
            while (buffer.hasRemaining()) {
                buffer.put((byte) 1);
            }
            return buffer;
        }

        private static double megabytes() {
            try {
                String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
                return Long.parseLong(pages) * 4096 / 1e6;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
