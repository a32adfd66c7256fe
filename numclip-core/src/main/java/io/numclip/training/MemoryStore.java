package io.numclip.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.model.NumClipModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps copies of the best parameters. */
final class MemoryStore extends TrainingStore {

    private @Nullable NDManager manager;
    private Map<String, NDArray> best = Map.of();

    @Override
    Optional<Map<String, String>> settings() {
        return Optional.empty();
    }

    @Override
    Progress resume(Progress fresh, NumClipModel model, Optimizer optimizer, TrainingListener listener) {
        return fresh;
    }

    @Override
    void save(Progress progress, boolean isKept, NumClipModel model, Optimizer optimizer) {
        if (isKept) {
            saveBest(model);
        }
    }

    @Override
    void saveBest(NumClipModel model) {
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
    void restoreBest(NumClipModel model) {
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
