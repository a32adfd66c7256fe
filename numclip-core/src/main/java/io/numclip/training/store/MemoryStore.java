package io.numclip.training.store;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.model.NumClipModel;
import io.numclip.training.optimizer.Optimizer;
import io.numclip.training.progress.Progress;
import io.numclip.training.progress.TrainingListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps copies of the best parameters. */
final class MemoryStore extends TrainingStore {

    private @Nullable NDManager manager;
    private Map<String, NDArray> best = Map.of();

    @Override
    public Optional<Map<String, String>> settings() {
        return Optional.empty();
    }

    @Override
    public Progress resume(Progress fresh, NumClipModel model, Optimizer optimizer, TrainingListener listener) {
        return fresh;
    }

    @Override
    public void save(Progress progress, boolean isKept, NumClipModel model, Optimizer optimizer) {
        if (isKept) {
            saveBest(model);
        }
    }

    @Override
    public void saveBest(NumClipModel model) {
        close();
        NDManager own = model.imageTower().manager().newSubManager();
        Map<String, NDArray> copies = new LinkedHashMap<>();
        trained(model).forEach((name, array) -> {
            try (NDArray values = array.stopGradient()) { // it belongs to the manager of the model
                NDArray copy = values.duplicate();
                copy.attach(own);
                copies.put(name, copy);
            }
        });
        manager = own;
        best = copies;
    }

    @Override
    public void restoreBest(NumClipModel model) {
        model.restore(best);
    }

    @Override
    public void close() {
        if (manager != null) {
            manager.close();
            manager = null;
        }
    }
}
