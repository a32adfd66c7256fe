package io.numclip.sample;

import io.numclip.data.Bin;
import io.numclip.data.Bins;

/** Labels for sample images. */
public final class SampleLabels {

    private SampleLabels() {}

    /**
     * A whole number for an image: for half of the images every number is equally likely, for the other half every
     * concept. So narrow bins get enough images, and wide bins are covered throughout.
     *
     * @param bins whole-numbered edges; the top of the last bin is included
     */
    public static int whole(SampleKey key, Bins bins) {
        double spread = key.spread() * 2;
        Bin first = bins.get(0);
        Bin last = bins.get(bins.size() - 1);
        if (spread < 1) {
            return (int) (first.lower() + spread * (last.upper() - first.lower() + 1));
        }
        double place = (spread - 1) * bins.size();
        Bin bin = bins.get((int) place);
        double numbers = bin.upper() - bin.lower() + (bin.equals(last) ? 1 : 0);
        return (int) (bin.lower() + place % 1 * numbers);
    }
}
