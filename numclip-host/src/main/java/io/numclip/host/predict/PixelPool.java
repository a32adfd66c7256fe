package io.numclip.host.predict;

import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.input.NativePixels;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Memory for pixels that is used again: that of single images, and that of batches, as many as threads predict at once. */
public final class PixelPool {

    private final List<ClipPreprocessor> preprocessors;
    private final Queue<NativePixels> singles = new ConcurrentLinkedQueue<>();
    private final Queue<NativePixels> batches = new ConcurrentLinkedQueue<>();

    /** @param preprocessors one for each form of the pixels */
    public PixelPool(List<ClipPreprocessor> preprocessors) {
        this.preprocessors = List.copyOf(preprocessors);
    }

    /** Memory for at least so many images. */
    public NativePixels take(int images) {
        NativePixels known = pool(images).poll();
        return known == null || known.images() < images ? NativePixels.allocate(preprocessors, images) : known;
    }

    /** Nobody uses it any more. */
    public void giveBack(NativePixels memory) {
        pool(memory.images()).add(memory);
    }

    private Queue<NativePixels> pool(int images) {
        return images == 1 ? singles : batches;
    }
}
