package io.numclip.clip;

import io.numclip.machine.MachineMemory;

/**
 * What an image tower needs of a machine's memory outside Java's heap, from its shape alone.
 *
 * @param weights bytes, kept while the model is open; 0 on a GPU, which has memory of its own
 * @param work bytes of what the layers compute, for each call at the same time: an estimate. The kernel takes a few images
 *     through the layers at once, however many there are; 0 on a GPU
 * @param image bytes of the pixels of an image
 */
public record TowerMemory(long weights, long work, long image) {

    /** Of a tower on a GPU: the pixels alone. */
    public TowerMemory onGpu() {
        return new TowerMemory(0, 0, image);
    }

    /** Of two towers that are open together and work one after the other; an image has pixels for each. */
    public TowerMemory beside(TowerMemory other) {
        return new TowerMemory(weights + other.weights, Math.max(work, other.work), image + other.image);
    }

    /**
     * Whether it all fits, with pixels that take no more than half of what is left beside the weights; Java allows no more
     * than the heap has beside the heap.
     *
     * @param calls of the tower at the same time
     * @param images whose pixels are in memory
     */
    public boolean fits(MachineMemory machine, int calls, long images) {
        long left = machine.forModels() - weights - calls * work;
        return image * images <= Math.min(left, machine.heap()) / 2;
    }
}
