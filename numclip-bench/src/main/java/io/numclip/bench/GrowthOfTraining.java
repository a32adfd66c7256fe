package io.numclip.bench;

import io.numclip.clip.ModelSource;
import io.numclip.clip.Precision;
import io.numclip.model.BaseModel;
import io.numclip.model.NumClipModel;
import io.numclip.training.EpochResult;
import io.numclip.training.FeatureCache;
import io.numclip.training.LearningRates;
import io.numclip.training.Sampling;
import io.numclip.training.Trainer;
import io.numclip.training.TrainingConfig;
import io.numclip.training.TrainingListener;
import io.numclip.training.TrainingResult;
import io.numclip.training.TrainingStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Seconds for each image of an epoch, and memory after it, where features come from the cache. The first run on a cache
 * fills it; both epochs of a later one read from it.
 */
@Command(
        name = "GrowthOfTraining",
        description = "Prints the seconds for each image of the second epoch, and the memory after it.")
public final class GrowthOfTraining implements Callable<String> {

    private static final int EPOCHS = 2;
    private static final int SIDE = 32;
    private static final int VALIDATION = 256;
    private static final long SEED = 1;

    @Parameters(index = "0", paramLabel = "IMAGES", description = "how many to learn from")
    private int count;

    @Parameters(index = "1", paramLabel = "BATCH", description = "images of a step")
    private int batchSize;

    @Parameters(index = "2", paramLabel = "CACHE", description = "folder of the features")
    private Path cache;

    public static void main(String[] arguments) {
        System.exit(Program.run(new GrowthOfTraining(), arguments));
    }

    @Override
    public String call() throws IOException, ReflectiveOperationException {
        BaseModel base = BaseModel.of(ModelSource.parse(ModelSource.EMBEDDED));
        AgeNetwork ages = new AgeNetwork(base, Precision.AUTO);
        try (NumClipModel network = ages.create();
                TrainingStore store = TrainingStore.memory()) {
            Trainer trainer = new Trainer(
                    network,
                    ages.description(),
                    AgeNetwork.losses(network, count),
                    training(),
                    new FeatureCache(cache, base.fingerprint(), ages.preprocessor()),
                    store,
                    TrainingListener.NONE);
            TrainingResult result = trainer.fit(NoiseImages.of(count, SIDE), NoiseImages.of(VALIDATION, SIDE));
            List<EpochResult> epochs = result.epochs();
            return Program.line("seconds-per-image", epochs.get(EPOCHS - 1).seconds() / count) + "\n"
                    + Resident.now().lines();
        }
    }

    /** The image tower is frozen. */
    private TrainingConfig training() {
        LearningRates usual = LearningRates.defaults();
        return new TrainingConfig(
                EPOCHS,
                batchSize,
                SEED,
                List.of(),
                1,
                0,
                new TrainingConfig.Augmentation(false),
                new LearningRates(
                        0,
                        0,
                        usual.adapter(),
                        0,
                        usual.concepts(),
                        usual.coarseHead(),
                        usual.fineHead(),
                        0,
                        usual.layerDecay()),
                0,
                0,
                Sampling.NATURAL);
    }
}
