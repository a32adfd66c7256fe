package io.numclip.bench;

import io.numclip.features.FeatureCache;
import io.numclip.model.NumClipModel;
import io.numclip.model.Part;
import io.numclip.training.Augmentation;
import io.numclip.training.Sampling;
import io.numclip.training.Schedule;
import io.numclip.training.Trainer;
import io.numclip.training.TrainingConfig;
import io.numclip.training.TrainingResult;
import io.numclip.training.optimizer.LearningRates;
import io.numclip.training.progress.EpochResult;
import io.numclip.training.progress.TrainingListener;
import io.numclip.training.store.TrainingStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Seconds for each image of an epoch, and memory after it, with features from the cache. The first run on a cache
 * fills it; later ones read from it.
 */
@Command(
        name = "GrowthOfTraining",
        description = "Prints the seconds for each image of the last epoch, and the memory after it.")
public final class GrowthOfTraining implements Callable<String> {

    private static final int SIDE = SmallClip.IMAGE_SIZE;
    private static final int VALIDATION = 256;
    private static final long SEED = 1;

    @Parameters(index = "0", paramLabel = "IMAGES", description = "number of training images")
    private int count;

    @Parameters(index = "1", paramLabel = "BATCH", description = "images of a step")
    private int batchSize;

    @Parameters(index = "2", paramLabel = "CACHE", description = "folder of the features")
    private Path cache;

    @Parameters(index = "3", paramLabel = "EPOCHS", description = "how many; the first also looks the images up")
    private int epochs;

    public static void main(String[] arguments) {
        System.exit(Program.run(new GrowthOfTraining(), arguments));
    }

    @Override
    public String call() throws IOException, ReflectiveOperationException {
        AgeNetwork ages = SmallClip.ages();
        try (NumClipModel network = ages.create(SmallClip.random());
                TrainingStore store = TrainingStore.memory()) {
            Trainer trainer = new Trainer(
                    network,
                    ages.description(),
                    AgeNetwork.losses(network, count),
                    training(),
                    new FeatureCache(cache, "small", SmallClip.preprocessor()),
                    store,
                    TrainingListener.NONE);
            TrainingResult result = trainer.fit(NoiseImages.of(count, SIDE), NoiseImages.of(VALIDATION, SIDE));
            EpochResult last = result.epochs().get(epochs - 1);
            return Program.line("seconds-per-image", last.seconds() / count) + "\n"
                    + Resident.now().lines();
        }
    }

    /** The image tower is frozen. */
    private TrainingConfig training() {
        return new TrainingConfig(
                epochs,
                batchSize,
                SEED,
                List.of(),
                1,
                0,
                Augmentation.NONE,
                LearningRates.defaults().with(Part.IMAGE_ENCODER, 0),
                0,
                0,
                Sampling.NATURAL,
                0,
                Schedule.MILESTONES,
                0);
    }
}
