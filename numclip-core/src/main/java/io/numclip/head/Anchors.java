package io.numclip.head;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import java.util.function.ToDoubleFunction;

/** Which number of a bin a head uses as its anchor. */
public enum Anchors {
    /** The anchor that the binning strategy chose. */
    BIN(Bin::anchor),
    /**
     * The lowest label of the bin, as in the published code. The first bin then always gives the bottom of the scale.
     */
    LEFT_EDGE(Bin::lower),
    /** The middle between the edges. */
    MIDPOINT(Bin::midpoint),
    /** Starts at the anchor that the binning strategy chose, and is trained. */
    LEARNABLE(Bin::anchor);

    @SuppressWarnings("ImmutableEnumChecker") // only accessors of Bin
    private final ToDoubleFunction<Bin> anchor;

    Anchors(ToDoubleFunction<Bin> anchor) {
        this.anchor = anchor;
    }

    /** (K) of all bins. */
    public float[] of(Bins bins) {
        float[] anchors = new float[bins.size()];
        for (int i = 0; i < anchors.length; i++) {
            anchors[i] = (float) anchor.applyAsDouble(bins.get(i));
        }
        return anchors;
    }

    /** How wide each bin is, in the unit of the label scale. */
    public static float[] widths(Bins bins) {
        float[] widths = new float[bins.size()];
        for (int k = 0; k < widths.length; k++) {
            widths[k] = (float) (bins.get(k).upper() - bins.get(k).lower());
        }
        return widths;
    }
}
