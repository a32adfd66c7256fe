package io.numclip.reliability;

import ai.djl.ndarray.NDManager;
import io.numclip.clip.ClipPreprocessor;
import io.numclip.clip.ModelSource;
import io.numclip.clip.Precision;
import io.numclip.data.LabelScale;
import io.numclip.features.FeatureCache;
import io.numclip.golden.ReferenceModel;
import io.numclip.model.BaseModel;
import io.numclip.model.ModelDescription;
import io.numclip.model.NumClipModel;
import io.numclip.model.Part;
import io.numclip.training.Augmentation;
import io.numclip.training.LearningRates;
import io.numclip.training.Sampling;
import io.numclip.training.Schedule;
import io.numclip.training.TestingImages;
import io.numclip.training.Trainer;
import io.numclip.training.TrainingConfig;
import io.numclip.training.TrainingListener;
import io.numclip.training.TrainingStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A training of many steps in a process of its own, which says every now and then what it holds. */
final class ManySteps {

    /** Lines that it writes: {@code sample,ARRAYS,MEGABYTES,MANAGERS}. */
    static final int SAMPLES = 100;

    private static final int LEAKED_BYTES = 1 << 16;
    private static final int STEPS_PER_EPOCH = 20;

    /** What is held on purpose after each step. */
    enum Leak {
        NONE,
        ARRAYS,
        NATIVE
    }

    private ManySteps() {}

    public static void main(String... arguments) throws IOException {
        int steps = Integer.parseInt(arguments[0]);
        try (NumClipModel model = ReferenceModel.load()) {
            BaseModel base = BaseModel.of(new ModelSource.Directory(ReferenceModel.CLIP));
            ClipPreprocessor preprocessor = ClipPreprocessor.load(ReferenceModel.CLIP);
            ModelDescription description = new ModelDescription(
                    base,
                    preprocessor,
                    new LabelScale(0, 100, "years"),
                    Map.of("type", "image-text"),
                    Map.of("type", "ssr"),
                    "numclip");
            new Trainer(
                            model,
                            description,
                            ReferenceModel.losses(24),
                            config(steps),
                            FeatureCache.of(base, Precision.FP32, preprocessor),
                            TrainingStore.memory(),
                            new Sampler(model.imageTower().manager(), steps, Leak.valueOf(arguments[1])))
                    .fit(TestingImages.squares(20), TestingImages.squares(7));
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
