package io.numclip.server;

import io.numclip.data.NumClipException;
import io.numclip.host.NumClip;
import io.numclip.host.NumClips;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.result.PredictedModel;
import io.numclip.input.Budget;
import io.numclip.machine.MachineMemory;
import io.numclip.model.PredictionWork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The runs that a server was started with. Those over the same CLIP share its weights, and one pass of each image. */
public final class OpenedModels implements AutoCloseable {

    private final NumClips models;
    private final List<ServedModel> served;

    private OpenedModels(NumClips models, List<ServedModel> served) {
        this.models = models;
        this.served = served;
    }

    /**
     * @param runs by the name that clients use, in the order of the answers
     * @throws NumClipException if one of them cannot be opened
     */
    public static OpenedModels open(Map<String, Path> runs, PluginCatalog catalog, NumClip.Options options) {
        NumClips models = NumClips.open(List.copyOf(runs.values()), catalog, options);
        List<ServedModel> served = new ArrayList<>();
        for (String name : runs.keySet()) {
            served.add(served(name, models.models().get(served.size())));
        }
        return new OpenedModels(models, List.copyOf(served));
    }

    private static ServedModel served(String name, NumClip model) {
        return new ServedModel(
                PredictedModel.of(name, model.digest(), model.scale(), model.bins(), model.cuts())
                        .fromWords(model.isFromWords()),
                model.scale(),
                model.bins(),
                model.coverage().orElse(null),
                model.heldOut().isPresent());
    }

    /** The models themselves, in the order of the predictions. */
    public List<NumClip> models() {
        return models.models();
    }

    /** What clients are told of them. */
    public List<ServedModel> served() {
        return served;
    }

    /** How many images are best predicted together: 8, or fewer where memory is short. */
    public int batch(int workers) {
        return Budget.fittingBatch(Batching.USUAL_SIZE, models.memory(), MachineMemory.read(), workers);
    }

    /** The work for the server; its predictions are in the order of {@link #served}. */
    public PredictionWork scoring() {
        return models.scoring();
    }

    /** Frees the weights; waits for predictions that run. */
    @Override
    public void close() {
        models.close();
    }
}
