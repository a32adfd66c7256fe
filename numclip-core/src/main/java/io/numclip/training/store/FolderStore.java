package io.numclip.training.store;

import ai.djl.ndarray.NDManager;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.model.ModelDescription;
import io.numclip.model.ModelDirectory;
import io.numclip.model.NumClipModel;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.FreeSpace;
import io.numclip.training.optimizer.Optimizer;
import io.numclip.training.progress.Progress;
import io.numclip.training.progress.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps everything in the run folder. */
public final class FolderStore extends TrainingStore {

    private static final long COPIES = 3;
    private static final long CHECKPOINT_PARTS = 3;

    private final Path model;
    private final Checkpoint.Place checkpoints;
    private final ModelDescription description;
    private final Map<String, String> settings;
    private final FreeSpace space;

    public FolderStore(Path runFolder, ModelDescription description, Map<String, String> settings, FreeSpace space) {
        this.space = space;
        this.model = runFolder.resolve("model");
        this.checkpoints = new Checkpoint.Place(runFolder.resolve("checkpoint"), "epoch-", 5, 2);
        this.description = description;
        this.settings = settings;
    }

    @Override
    public Optional<Map<String, String>> settings() {
        return Optional.of(settings);
    }

    @Override
    public Progress resume(Progress fresh, NumClipModel network, Optimizer optimizer, TrainingListener listener)
            throws IOException {
        List<String> damaged = new ArrayList<>();
        Optional<Checkpoint<Progress>> found = checkpoints.latest(Progress.class, damaged::add);
        if (found.isEmpty()) {
            requireNone(damaged);
            return fresh;
        }
        damaged.forEach(damage -> listener.warning(damage + "; this checkpoint is damaged, and one before it is used"));
        Checkpoint<Progress> latest = found.get();
        requireUnchanged(latest, fresh);
        try (NDManager scope = network.imageTower().manager().newSubManager()) {
            network.restore(latest.parameters(scope));
        }
        latest.restore(optimizer);
        return latest.progress();
    }

    private void requireNone(List<String> damaged) {
        if (!damaged.isEmpty()) {
            throw new NumClipException(
                    Kind.DATA,
                    checkpoints.root() + ": every checkpoint is damaged:\n  " + String.join("\n  ", damaged),
                    "Put " + checkpoints.root() + " back from a copy, or delete it to train from the beginning.");
        }
    }

    private static void requireUnchanged(Checkpoint<Progress> latest, Progress fresh) {
        Map<String, String> before = latest.progress().conditions();
        List<String> changes = before.isEmpty()
                ? List.of("an earlier version of NumCLIP did not note what the run was made with")
                : new Conditions(before).changesTo(new Conditions(fresh.conditions()));
        if (!changes.isEmpty()) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    latest.folder() + ": the run has changed since, and cannot be resumed:\n  "
                            + String.join("\n  ", changes),
                    "Put back what is named, or start a new run in another folder with config.yaml as it is now. A"
                            + " resumed run may change training.epochs and training.patience, and what is only"
                            + " measured, such as evaluation.");
        }
    }

    /** A checkpoint has parameters and two moments, a model the parameters; three of each are there at a time. */
    @Override
    public void requireSpace(long parameterBytes) throws IOException {
        long needed = COPIES * (CHECKPOINT_PARTS + 1) * parameterBytes - size(checkpoints.root()) - size(model);
        space.require(
                checkpoints.root().resolveSibling(""), Math.max(needed, 0), "the training, for checkpoints and model,");
    }

    /** Bytes of what a resumed run has written. */
    private static long size(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        long bytes = 0;
        for (Path entry : AtomicFolder.list(folder)) {
            bytes += Files.isDirectory(entry) ? size(entry) : Files.size(entry);
        }
        return bytes;
    }

    @Override
    public void save(Progress progress, boolean isKept, NumClipModel network, Optimizer optimizer) throws IOException {
        checkpoints.write(progress.lastEpoch(), progress, trained(network), optimizer);
        if (isKept) { // after the checkpoint, from which a run that ends between the two writes it again
            saveBest(network);
        }
    }

    @Override
    public void saveBest(NumClipModel network) throws IOException {
        ModelDirectory.write(model, network, description);
    }

    @Override
    public void restoreBest(NumClipModel network) throws IOException {
        ModelDirectory.open(model).restoreInto(network);
    }
}
