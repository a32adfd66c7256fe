package io.numclip.input;

import io.numclip.clip.kernel.NativeThreads;
import io.numclip.clip.pixels.CarefulReading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Engine} does with images; several threads use it at once.
 *
 * @param <R> what is found in an image
 */
public interface ImageWork<R> {

    /** An image, decoded and brought to the size that the models take; to be closed. */
    interface Decoded extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Decodes an image on the calling thread.
     *
     * @param models indices of those that are to predict it
     * @throws IOException if it cannot be read; the message says why, without the name of the image
     */
    Decoded read(Object image, List<Integer> models) throws IOException;

    /** @return for each image what was found in it */
    List<R> predict(List<Decoded> images);

    /** What is found in an image that cannot be read. */
    R failed(String problem, List<Integer> models);

    /** How many threads an operation uses that are divided among workers; 0 where a runtime sees to its threads itself. */
    default int nativeThreads() {
        return NativeThreads.count();
    }

    /** All of the work on the calling thread; for a caller that has threads of its own. */
    default List<R> alone(List<?> images, List<Integer> models) {
        List<@Nullable String> problems = new ArrayList<>();
        List<Decoded> decoded = new ArrayList<>();
        try {
            for (Object image : images) {
                try {
                    decoded.add(read(image, models));
                    problems.add(null);
                } catch (IOException unreadable) {
                    problems.add(CarefulReading.describe(unreadable));
                }
            }
            Iterator<R> found = (decoded.isEmpty() ? List.<R>of() : predict(decoded)).iterator();
            List<R> all = new ArrayList<>();
            problems.forEach(problem -> all.add(problem == null ? found.next() : failed(problem, models)));
            return all;
        } finally {
            decoded.forEach(Decoded::close);
        }
    }
}
