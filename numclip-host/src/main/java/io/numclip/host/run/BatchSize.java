package io.numclip.host.run;

import io.numclip.clip.TowerMemory;
import io.numclip.machine.MachineMemory;

/**
 * How many images go through a network together: the usual number, or half of it, a quarter and so on, down to 1, until
 * their pixels take no more than half of the memory that is left beside the weights. No number depends on it.
 */
public final class BatchSize {

    private BatchSize() {}

    /**
     * A batch waits, and each worker has the pixels of a batch twice, as {@link io.numclip.host.predict.Budget} says.
     *
     * @param workers calls of the network at the same time
     */
    public static int of(int usual, TowerMemory model, MachineMemory machine, int workers) {
        int batch = usual;
        while (batch > 1 && !model.fits(machine, workers, (1L + 2L * workers) * batch)) {
            batch /= 2;
        }
        return batch;
    }
}
