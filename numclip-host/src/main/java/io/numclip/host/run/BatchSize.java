package io.numclip.host.run;

import io.numclip.clip.tower.TowerMemory;
import io.numclip.machine.MachineMemory;

/**
 * How many images go through a network together: the usual number, or half of it, a quarter and so on, down to 1, until
 * their pixels take no more than half of the memory that is left beside the weights. No number depends on it.
 */
public final class BatchSize {

    private static final int READ_AHEAD = 3; // batches for which io.numclip.input.PixelBatches has memory

    private BatchSize() {}

    /** Where images are read ahead of the network. */
    public static int ahead(int usual, TowerMemory model, MachineMemory machine) {
        return fitting(usual, model, machine, READ_AHEAD, 1);
    }

    /** In a server: two batches wait, and a worker has the pixels of a batch twice. */
    public static int served(int usual, TowerMemory model, MachineMemory machine, int workers) {
        return fitting(usual, model, machine, 2 + 2 * workers, workers);
    }

    /**
     * @param batches whose pixels are in memory
     * @param calls of the network at the same time
     */
    private static int fitting(int usual, TowerMemory model, MachineMemory machine, int batches, int calls) {
        int batch = usual;
        while (batch > 1 && !model.fits(machine, calls, (long) batches * batch)) {
            batch /= 2;
        }
        return batch;
    }
}
