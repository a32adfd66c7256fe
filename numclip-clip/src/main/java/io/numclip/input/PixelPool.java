package io.numclip.input;

import io.numclip.clip.pixels.CarefulReading;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.pixels.ImagePixels;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decoded images in memory that is used again: that of single images, and that of batches, as many as threads look at once.
 */
public final class PixelPool {

    private final List<ClipPreprocessor> preprocessors;
    private final ImagePixels reader;
    private final CarefulReading reading = new CarefulReading();
    private final Queue<NativePixels> singles = new ConcurrentLinkedQueue<>();
    private final Queue<NativePixels> batches = new ConcurrentLinkedQueue<>();

    /** @param preprocessors one for each form of the pixels */
    public PixelPool(List<ClipPreprocessor> preprocessors) {
        this.preprocessors = List.copyOf(preprocessors);
        this.reader = new ImagePixels(preprocessors);
    }

    /** The pixels of one image. */
    public final class Image implements ImageWork.Decoded {

        private final Optional<String> damage;
        private @Nullable NativePixels memory;

        private Image(NativePixels memory, Optional<String> damage) {
            this.memory = memory;
            this.damage = damage;
        }

        private synchronized void copyTo(NativePixels target, int place, PixelPool pool) {
            if (pool != PixelPool.this) {
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
                giveBack(memory);
                memory = null;
            }
        }
    }

    /**
     * Decodes an image on the calling thread.
     *
     * @param image in one of the forms of {@link ImagePixels}
     * @throws IOException if it cannot be read; the message says why, without the name of the image
     */
    public Image read(Object image) throws IOException {
        ImagePixels.requireForm(image);
        NativePixels memory = take(1);
        AtomicReference<Optional<String>> damage = new AtomicReference<>(Optional.empty());
        Throwable failure = reading.failure(() -> damage.set(reader.read(image, memory.image(0))));
        if (failure != null) {
            giveBack(memory);
            throw new IOException(CarefulReading.describe(failure), failure);
        }
        return new Image(memory, Objects.requireNonNull(damage.get()));
    }

    /** @param look gets the pixels of all images, valid during the call */
    public <T> T look(List<Image> images, Function<PixelBatch, T> look) {
        NativePixels memory = take(images.size());
        try {
            PixelBatch pixels = PixelBatch.of(memory, images.size());
            for (int i = 0; i < images.size(); i++) {
                int place = i;
                images.get(place).copyTo(memory, place, this);
                images.get(place).damage.ifPresent(words -> pixels.damaged(place, words));
            }
            return look.apply(pixels);
        } finally {
            giveBack(memory);
        }
    }

    private NativePixels take(int images) {
        NativePixels known = pool(images).poll();
        return known == null || known.images() < images ? NativePixels.allocate(preprocessors, images) : known;
    }

    private void giveBack(NativePixels memory) {
        pool(memory.images()).add(memory);
    }

    private Queue<NativePixels> pool(int images) {
        return images == 1 ? singles : batches;
    }
}
