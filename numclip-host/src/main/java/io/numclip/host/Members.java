package io.numclip.host;

import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.run.ExportedModels;
import io.numclip.host.run.TrainedModel;
import io.numclip.model.ImagePredictor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Models that are opened, and freed, together.
 *
 * @param models in the order of their paths; closing one frees nothing
 * @param frees what holds their weights
 */
record Members(List<NumClip> models, List<Runnable> frees) {

    /** Runs over the same CLIP share its weights. */
    static Members open(List<Path> paths, PluginCatalog catalog, NumClip.Options options) throws IOException {
        Members members = new Members(new ArrayList<>(), new ArrayList<>());
        try {
            members.openAll(paths, catalog, options);
            return members;
        } catch (IOException | RuntimeException e) {
            members.free();
            throw e;
        }
    }

    private void openAll(List<Path> paths, PluginCatalog catalog, NumClip.Options options) throws IOException {
        List<Path> runs =
                paths.stream().filter(path -> !ExportedModels.isOne(path)).toList();
        List<TrainedModel> trained = new ArrayList<>();
        if (!runs.isEmpty()) { // files alone need no libtorch
            TrainedModel.Together together = TrainedModel.openAll(runs, catalog, options.forTrained());
            frees.add(together::close);
            trained.addAll(together.models());
        }
        for (Path path : paths) {
            models.add(ExportedModels.isOne(path) ? file(path, options) : run(path, trained.remove(0), options));
        }
    }

    private static NumClip run(Path path, TrainedModel model, NumClip.Options options) {
        return NumClip.of(path, model, options, () -> {});
    }

    private NumClip file(Path path, NumClip.Options options) {
        ImagePredictor model = options.openFile(path);
        frees.add(model::close);
        return NumClip.of(path, model, options, () -> {});
    }

    void free() {
        frees.forEach(Runnable::run);
    }
}
