package io.numclip.host;

import io.numclip.data.Region;
import io.numclip.data.RgbRows;
import io.numclip.spi.RegionFinder;
import java.util.ArrayList;
import java.util.List;

/** Finds as many regions as the red of the first pixel says, squares beside each other. */
public record TestingFinder(Config config) implements RegionFinder {

    /**
     * Settings of the finder.
     *
     * @param side of a region
     * @param model a file that nobody reads
     */
    public record Config(int side, String model) {
        public Config {
            if (side < 1) {
                throw new IllegalArgumentException("side must be 1 or more; found " + side);
            }
        }
    }

    @Override
    public List<Found> find(RgbRows picture) {
        int[] red = new int[1];
        picture.read(0, 0, 1, red, new int[1], new int[1]);
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < red[0]; i++) {
            Region region = new Region(i * config.side(), 0, config.side(), config.side());
            found.add(new Found(region, 1.0 / (i + 1)));
        }
        return found;
    }

    /** {@code type: squares}. */
    public static final class Factory implements RegionFinder.Factory<Config> {

        @Override
        public String type() {
            return "squares";
        }

        @Override
        public Config defaults() {
            return new Config(10, "");
        }

        @Override
        public RegionFinder create(Config config) {
            return new TestingFinder(config);
        }
    }
}
