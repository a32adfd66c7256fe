package io.numclip.kit;

import io.numclip.data.Region;
import io.numclip.data.RgbRows;
import io.numclip.spi.RegionFinder;
import java.util.List;

/** Broken: goes beyond small pictures, begins with the less confident region, and counts its calls. */
final class BrokenFinder implements RegionFinder {

    record Config() {}

    private int calls;

    @Override
    public List<Found> find(RgbRows picture) {
        return List.of(new Found(new Region(calls++, 0, 2, 2), 0.5), new Found(new Region(0, 0, 1, 1), 0.9));
    }

    public static final class Factory implements RegionFinder.Factory<Config> {

        @Override
        public String type() {
            return "broken";
        }

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public RegionFinder create(Config config) {
            return new BrokenFinder();
        }
    }
}
