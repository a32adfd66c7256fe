package io.numclip.spi;

import io.numclip.data.Region;
import io.numclip.data.RgbRows;
import java.util.List;

/**
 * Finds the parts of a picture that a task is about, such as faces; each is then an image of its own. For one thread at a time;
 * {@link #close} frees what it holds.
 */
public interface RegionFinder extends AutoCloseable {

    /**
     * @param picture upright
     * @return the most confident first; empty if there is none. All lie in the picture: what goes beyond its edge is cut there
     */
    List<Found> find(RgbRows picture);

    @Override
    default void close() {}

    /**
     * A region that was found.
     *
     * @param confidence 0 to 1
     */
    record Found(Region region, double confidence) {
        public Found {
            if (!(confidence >= 0 && confidence <= 1)) {
                throw new IllegalArgumentException("confidence must be 0 to 1; found " + confidence);
            }
        }
    }

    /**
     * Creates a finder. A setting {@code model} is the path of a file, which the host makes absolute; a factory that cannot read
     * it throws {@link IllegalArgumentException}.
     */
    interface Factory<C extends Record> extends ComponentFactory<C> {
        RegionFinder create(C config);
    }
}
