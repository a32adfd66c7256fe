package io.numclip.runner.doctor;

import ai.djl.Device;
import io.numclip.clip.Precision;
import io.numclip.clip.TowerMemory;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.directory.ShippedModel;
import io.numclip.clip.kernel.Devices;
import io.numclip.clip.tower.PredictionMemory;
import io.numclip.embedding.ClipEmbeddings;
import io.numclip.host.run.PredictionStream;
import io.numclip.input.Budget;
import io.numclip.machine.MachineMemory;
import io.numclip.server.Batching;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** How many images go through a small and through a large model together, for the memory that there is. */
final class BatchCheck {

    private static final String ABOUT = "batch";
    private static final ClipConfig LARGE = new ClipConfig(
            null,
            new ClipConfig.Vision(224, 14, 1024, 4096, 24, 16, ClipConfig.Activation.QUICK_GELU, 1e-5),
            768,
            Math.log(100));

    private BatchCheck() {}

    static List<CheckResult> results() throws IOException {
        Device device = Devices.parse("auto");
        if (device.isGpu()) {
            return List.of(CheckResult.ok(
                    ABOUT,
                    "The memory of the GPU is not looked at: predict takes " + PredictionStream.BATCH
                            + " images at once, embed " + ClipEmbeddings.USUAL_BATCH + ", serve "
                            + Batching.USUAL_SIZE + "."));
        }
        ClipConfig embedded =
                ClipDirectory.config(ModelSource.parse(ShippedModel.EMBEDDED).directory());
        return judge(MachineMemory.read(), Precision.AUTO.on(device), embedded);
    }

    /** @param precision not {@code auto} */
    static List<CheckResult> judge(MachineMemory machine, Precision precision, ClipConfig embedded) {
        return List.of(
                model(machine, "the embedded model", PredictionMemory.of(embedded, precision)),
                model(machine, "a ViT-L/14 in " + precision, PredictionMemory.of(LARGE, precision)));
    }

    private static CheckResult model(MachineMemory machine, String name, TowerMemory model) {
        String sizes = String.format(
                Locale.ROOT,
                "Images at once with %s: predict %d, embed %d, serve %d.",
                name,
                Budget.fittingBatch(PredictionStream.BATCH, model, machine, 1),
                Budget.fittingBatch(ClipEmbeddings.USUAL_BATCH, model, machine, 1),
                Budget.fittingBatch(Batching.USUAL_SIZE, model, machine, Batching.usualWorkers()));
        long missing = model.weights() + model.work() - machine.forModels();
        return CheckResult.ok(
                ABOUT,
                missing <= 0
                        ? sizes
                        : sizes + " It may not fit at all: its weights take " + CheckResult.megabytes(model.weights())
                                + ", " + CheckResult.megabytes(missing) + " more than there are for certain.");
    }
}
