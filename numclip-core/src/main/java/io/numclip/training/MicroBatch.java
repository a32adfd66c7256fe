package io.numclip.training;

import io.numclip.clip.tower.TrainingMemory;
import io.numclip.machine.MachineMemory;
import io.numclip.model.NumClipModel;
import io.numclip.model.Part;
import io.numclip.training.progress.TrainingListener;

/** How many images of a batch go through an image tower that learns at a time. */
final class MicroBatch {

    private MicroBatch() {}

    /**
     * What the configuration says, or else as many as there is memory for.
     *
     * @return 0: the whole batch
     */
    static int of(NumClipModel model, TrainingConfig config, MachineMemory machine, TrainingListener listener) {
        boolean learns = model.isTrained(Part.IMAGE_ENCODER)
                && !model.imageTower().manager().getDevice().isGpu();
        if (!learns) {
            return config.microBatch();
        }
        TrainingMemory memory = TrainingMemory.of(model.imageTower());
        int wanted = config.microBatch() > 0 ? Math.min(config.microBatch(), config.batchSize()) : config.batchSize();
        int images = config.microBatch() > 0 ? wanted : memory.fitting(wanted, machine);
        listener.memoryPlanned(new TrainingListener.MemoryPlan(
                memory.of(images), memory.of(wanted), images, wanted, machine.forModels()));
        return images == config.batchSize() ? 0 : images;
    }
}
