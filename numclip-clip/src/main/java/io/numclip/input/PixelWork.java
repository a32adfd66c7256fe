package io.numclip.input;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * Looks at the pixels of images, whichever models are asked.
 *
 * @param look finds one thing for each image of a batch
 * @param failed what is found in an image that cannot be read
 * @param <R> what is found in an image
 */
public record PixelWork<R>(PixelPool pool, Function<PixelBatch, List<R>> look, Function<String, R> failed)
        implements ImageWork<R> {

    @Override
    public Decoded read(Object image, List<Integer> models) throws IOException {
        return pool.read(image);
    }

    @Override
    public List<R> predict(List<Decoded> images) {
        return pool.look(images.stream().map(PixelPool.Image.class::cast).toList(), look);
    }

    @Override
    public R failed(String problem, List<Integer> models) {
        return failed.apply(problem);
    }
}
