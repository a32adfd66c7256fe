package io.numclip.training;

import ai.djl.ndarray.NDManager;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.model.ModelDescription;
import io.numclip.model.ModelDirectory;
import io.numclip.model.NumClipModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps everything in the run folder. */
final class FolderStore extends TrainingStore {

    private final Path model;
    private final Path checkpoint;
    private final ModelDescription description;
    private final String settings;

    FolderStore(Path runFolder, ModelDescription description, String settings) {
        this.model = runFolder.resolve("model");
        this.checkpoint = runFolder.resolve("checkpoint");
        this.description = description;
        this.settings = settings;
    }

    @Override
    String settings() {
        return settings;
    }

    @Override
    Progress resume(Progress fresh, NumClipModel network, RAdam optimizer, TrainingListener listener)
            throws IOException {
        Optional<Checkpoint> found = Checkpoint.latest(checkpoint, listener::warning);
        if (found.isEmpty()) {
            return fresh;
        }
        Checkpoint latest = found.get();
        if (!latest.progress().settings().equals(fresh.settings())) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    latest.folder() + ": made with another CLIP, other images or other settings than the run has now",
                    "Put config.yaml, images and CLIP back as they were, or start a new run in another folder with"
                            + " config.yaml as it is now. A resumed run may change training.epochs and"
                            + " training.patience, and what is only measured, such as evaluation.");
        }
        try (NDManager scope = network.imageTower().manager().newSubManager()) {
            network.restore(latest.parameters(scope));
        }
        latest.restore(optimizer);
        return latest.progress();
    }

    @Override
    void save(Progress progress, NumClipModel network, RAdam optimizer) throws IOException {
        if (progress.last().best()) {
            saveBest(network);
        }
        Checkpoint.write(checkpoint, progress, trained(network), optimizer);
    }

    @Override
    void saveBest(NumClipModel network) throws IOException {
        ModelDirectory.write(model, network, description);
    }

    @Override
    void restoreBest(NumClipModel network) throws IOException {
        ModelDirectory.open(model).restoreInto(network);
    }
}
