package io.numclip.host;

import io.numclip.host.predict.ImageWork;
import io.numclip.input.NativePixels;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One image, decoded and brought to the size that its models take, in native memory. Closing gives the memory back, to be
 * used for another image.
 */
public final class Pixels implements ImageWork.Decoded {

    private final OpenModels owner;
    private final List<Integer> models;
    private final Optional<String> damage;
    private @Nullable NativePixels memory;

    /** @param models indices of those that are to predict it */
    Pixels(OpenModels owner, List<Integer> models, NativePixels memory, Optional<String> damage) {
        this.owner = owner;
        this.models = List.copyOf(models);
        this.memory = memory;
        this.damage = damage;
    }

    List<Integer> models() {
        return models;
    }

    /** What the decoder says is damaged about the image. */
    Optional<String> damage() {
        return damage;
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
