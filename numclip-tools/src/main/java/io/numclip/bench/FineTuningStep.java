package io.numclip.bench;

import io.numclip.clip.Precision;
import io.numclip.clip.directory.ModelSource;
import io.numclip.features.FeatureCache;
import io.numclip.model.BaseModel;
import io.numclip.model.NumClipModel;
import io.numclip.training.Augmentation;
import io.numclip.training.Sampling;
import io.numclip.training.Schedule;
import io.numclip.training.Trainer;
import io.numclip.training.TrainingConfig;
import io.numclip.training.optimizer.LearningRates;
import io.numclip.training.store.TrainingStore;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Seconds of one step of NumCLIP's training: 16 random images, five prompts, forward, FCRC and L1, backward, RAdam.
 * Image tower, adapter, concepts and SSR head are trained, as in the published code; gradients reach the concepts
 * through the text tower. The first epoch warms up and fills the cache of pixels, so that no step waits for an image.
 */
@Command(name = "FineTuningStep", description = "Prints the seconds of one training step, the median of nine.")
public final class FineTuningStep implements Callable<String> {

    private static final int BATCH = 16;
    private static final int STEPS_PER_EPOCH = 3;
    private static final int EPOCHS = 4;
    private static final int SIDE = 224;
    private static final long SEED = 1;

    @Parameters(index = "0", paramLabel = "DIR", description = "a CLIP in Hugging Face layout, such as ViT-B/32")
    private String model;

    @Parameters(
            index = "1",
            arity = "0..1",
            defaultValue = "auto",
            paramLabel = "PRECISION",
            description = "auto, fp32 or bf16 (default: auto)")
    private Precision precision;

    public static void main(String[] arguments) {
        System.exit(Program.run(new FineTuningStep(), arguments));
    }

    @Override
    public String call() throws IOException, ReflectiveOperationException {
        BaseModel base = BaseModel.of(ModelSource.parse(model));
        AgeNetwork ages = new AgeNetwork(base, precision);
        StepTimes times = new StepTimes(1);
        try (NumClipModel network = ages.create();
                TrainingStore store = TrainingStore.memory()) {
            Trainer trainer = new Trainer(
                    network,
                    ages.description(),
                    AgeNetwork.losses(network, BATCH),
                    training(),
                    FeatureCache.of(base, precision, ages.preprocessor()),
                    store,
                    times);
            trainer.fit(NoiseImages.of(STEPS_PER_EPOCH * BATCH, SIDE), NoiseImages.of(1, SIDE));
        }
        return Program.line("seconds-per-step", Program.median(times.seconds()));
    }

    private static TrainingConfig training() {
        return new TrainingConfig(
                EPOCHS,
                BATCH,
                SEED,
                List.of(),
                1,
                0,
                Augmentation.NONE,
                LearningRates.defaults(),
                1024,
                0,
                Sampling.NATURAL,
                0,
                Schedule.MILESTONES,
                0);
    }
}
