package io.numclip.uncertainty;

import io.numclip.data.RefusedSettingException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A side of an edge of the label scale, of whose images at most a share may be missed. One of the two sides is given.
 *
 * @param below the images to be found have labels below this; null: those above
 * @param above the images to be found have labels above this; null: those below
 * @param missAtMost the share of these images that may be called otherwise, 0.5 at most
 */
public record CutConfig(@Nullable Double below, @Nullable Double above, double missAtMost) {

    private static final double LEAST = 1e-6;
    private static final double MOST = 0.5;

    public CutConfig {
        if ((below == null) == (above == null)) {
            throw new RefusedSettingException(
                    List.of("below", "above"), "exclude each other, and a cut needs one; found " + given(below, above));
        }
        double edge = below == null ? above : below;
        if (!Double.isFinite(edge)) {
            throw new RefusedSettingException(below == null ? "above" : "below", "must be a number; found " + edge);
        }
        if (!(missAtMost >= LEAST && missAtMost <= MOST)) {
            throw new RefusedSettingException(
                    "missAtMost", "must be from 0.000001 to " + MOST + "; found " + missAtMost);
        }
    }

    private static String given(@Nullable Double below, @Nullable Double above) {
        return below == null && above == null ? "neither" : "both";
    }

    /** The side of the images to be found. */
    public Side side() {
        return below == null ? Side.ABOVE : Side.BELOW;
    }

    /** Where the side ends. */
    public double edge() {
        return below != null ? below : above == null ? Double.NaN : above;
    }

    /** Such as {@code below 18}. */
    public String name() {
        return side().of(edge());
    }
}
