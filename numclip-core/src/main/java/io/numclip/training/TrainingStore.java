package io.numclip.training;

import ai.djl.ndarray.NDArray;
import io.numclip.model.ModelDescription;
import io.numclip.model.NumClipModel;
import io.numclip.model.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps what a run needs: the best model so far, and what it takes to go on after an interruption. */
public abstract class TrainingStore implements AutoCloseable {

    /**
     * Writes {@code model/} (the best by validation MAE) and {@code checkpoint/} (after every epoch) into a run folder; a
     * run that finds a checkpoint there goes on from it.
     */
    public static TrainingStore folder(Path runFolder, ModelDescription description) {
        return new FolderStore(runFolder, description);
    }

    /** Keeps the best parameters in memory and nothing else, for runs of seconds; an interrupted run begins anew. */
    public static TrainingStore memory() {
        return new MemoryStore();
    }

    /**
     * Puts model and optimizer where an interrupted run has left off.
     *
     * @return how far it had come; {@code fresh} if there is nothing to go on from
     */
    abstract Progress resume(Progress fresh, NumClipModel model, RAdam optimizer, TrainingListener listener)
            throws IOException;

    /** Keeps an epoch that has ended. */
    abstract void save(Progress progress, NumClipModel model, RAdam optimizer) throws IOException;

    /** Keeps the model as it is for the best. */
    abstract void saveBest(NumClipModel model) throws IOException;

    /** Gives the model the parameters that {@link #saveBest} kept last. */
    abstract void restoreBest(NumClipModel model) throws IOException;

    @Override
    public void close() {}

    /** Of the parts that are learnt, by name. */
    static Map<String, NDArray> trained(NumClipModel model) {
        Map<String, NDArray> parameters = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            if (model.isTrained(part)) {
                model.parameters(part).forEach((name, parameter) -> parameters.put(name, parameter.getArray()));
            }
        }
        return parameters;
    }
}
