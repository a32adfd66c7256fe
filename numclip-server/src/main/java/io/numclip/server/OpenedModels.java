package io.numclip.server;

import io.numclip.clip.kernel.NativeThreads;
import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.host.NumClip;
import io.numclip.host.NumClips;
import io.numclip.host.Pixels;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.run.BatchSize;
import io.numclip.host.run.PredictedModel;
import io.numclip.machine.MachineMemory;
import io.numclip.server.work.Batching;
import io.numclip.server.work.Scoring;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The runs that a server was started with. Those over the same CLIP share its weights, and one pass of each image. */
public final class OpenedModels implements Scoring, AutoCloseable {

    private final NumClips models;
    private final List<ServedModel> served;
    private final int threads = NativeThreads.count();

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
                PredictedModel.of(name, model.digest(), model.scale(), model.bins(), model.cuts()),
                model.scale(),
                model.bins(),
                model.coverage().orElse(null),
                model.familiar().isPresent());
    }

    /** In the order of the predictions. */
    public List<ServedModel> served() {
        return served;
    }

    /** How many images are best predicted together: 8, or fewer where memory is short. */
    public int batch(int workers) {
        return BatchSize.served(Batching.USUAL_SIZE, models.memory(), MachineMemory.read(), workers);
    }

    private record Prepared(Pixels pixels) implements Decoded {
        @Override
        public void close() {
            pixels.close();
        }
    }

    @Override
    public Decoded read(byte[] image, List<Integer> asked) {
        return new Prepared(models.read(image, asked));
    }

    /** A thread of a worker: as many native threads as there were for all. */
    @Override
    public void share(int workers) {
        NativeThreads.use(Math.max(1, threads / workers));
    }

    @Override
    public List<List<Prediction>> predict(List<Decoded> images) {
        return models.predictPixels(
                images.stream().map(image -> ((Prepared) image).pixels()).toList());
    }

    /** Frees the weights; waits for predictions that run. */
    @Override
    public void close() {
        models.close();
    }
}
