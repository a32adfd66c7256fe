package io.numclip.training.store;

import ai.djl.ndarray.NDArray;
import io.numclip.model.ModelDescription;
import io.numclip.model.NumClipModel;
import io.numclip.model.Part;
import io.numclip.storage.FreeSpace;
import io.numclip.training.TrainingConfig;
import io.numclip.training.optimizer.Optimizer;
import io.numclip.training.progress.Progress;
import io.numclip.training.progress.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps what a run needs: the best model so far, and what is needed to resume after an interruption. */
public abstract class TrainingStore implements AutoCloseable {

    /**
     * Writes {@code model/} (of the epoch that is kept, see {@link TrainingConfig#keep}) and {@code checkpoint/} (after every epoch) into a run folder;
     * a run that finds a checkpoint there resumes from it.
     *
     * @param settings all settings that affect an epoch, and the code that runs, by name; with others, a checkpoint is
     *     refused
     */
    public static TrainingStore folder(Path runFolder, ModelDescription description, Map<String, String> settings) {
        return new FolderStore(runFolder, description, settings, FreeSpace.OF_DISK);
    }

    /** Keeps the best parameters in memory and nothing else, for runs of seconds; an interrupted run starts over. */
    public static TrainingStore memory() {
        return new MemoryStore();
    }

    /** The settings that must be unchanged when a run is resumed; empty if it cannot be. */
    public abstract Optional<Map<String, String>> settings();

    /**
     * Restores model and optimizer to where an interrupted run left off.
     *
     * @return its progress; {@code fresh} if there is nothing to resume from
     */
    public abstract Progress resume(Progress fresh, NumClipModel model, Optimizer optimizer, TrainingListener listener)
            throws IOException;

    /**
     * Looks whether there is room for what will be stored.
     *
     * @param parameterBytes of the trained parameters
     * @throws io.numclip.data.NumClipException if there is too little
     */
    public void requireSpace(long parameterBytes) throws IOException {}

    /**
     * Stores a finished epoch.
     *
     * @param isKept whether its model is the one to end with, as far as is known
     */
    public abstract void save(Progress progress, boolean isKept, NumClipModel model, Optimizer optimizer)
            throws IOException;

    /** Stores the model as the best so far. */
    public abstract void saveBest(NumClipModel model) throws IOException;

    /** Restores the parameters that {@link #saveBest} stored last. */
    public abstract void restoreBest(NumClipModel model) throws IOException;

    @Override
    public void close() {}

    /** The parameters of the trained parts, by name. */
    public static Map<String, NDArray> trained(NumClipModel model) {
        Map<String, NDArray> parameters = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            if (model.isTrained(part)) {
                model.parameters(part).forEach((name, parameter) -> parameters.put(name, parameter.getArray()));
            }
        }
        return parameters;
    }
}
