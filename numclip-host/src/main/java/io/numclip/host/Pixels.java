package io.numclip.host;

import io.numclip.input.NativePixels;
import org.jspecify.annotations.Nullable;

/**
 * One image, decoded and brought to the size that its models take, in native memory. Closing gives the memory back, to be
 * used for another image.
 */
public final class Pixels implements AutoCloseable {

    private final OpenModels owner;
    private @Nullable NativePixels memory;

    Pixels(OpenModels owner, NativePixels memory) {
        this.owner = owner;
        this.memory = memory;
    }

    /** Copies the image to other memory of the same models. */
    synchronized void copyTo(NativePixels target, int place, OpenModels models) {
        if (owner != models) {
            throw new IllegalArgumentException("these pixels were read for other models");
        }
        if (memory == null) {
            throw new IllegalStateException("these pixels are closed");
        }
        target.copy(place, memory, 0);
    }

    @Override
    public synchronized void close() {
        if (memory != null) {
            owner.giveBack(memory);
            memory = null;
        }
    }
}
