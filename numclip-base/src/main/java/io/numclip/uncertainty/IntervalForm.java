package io.numclip.uncertainty;

import java.util.Locale;

/** How the widths of intervals vary between images. All forms promise the same coverage, of different images. */
public enum IntervalForm {
    /** The same width for every image (Lei et al., JASA 2018, section 2.2). */
    PLAIN,
    /** Wide where {@link Difficulty} expects large errors (Lei et al., JASA 2018, section 5.2). */
    NORMALISED,
    /**
     * One width for the values in each bin, or in each group of neighbouring bins with enough images (Mondrian
     * conformal prediction; Vovk et al. 2005, section 4.5).
     */
    PER_BIN,
    /** A normalised width for each value of an attribute; see {@link GroupWidths}. */
    GROUP,
    /** Normalised, for images whose labels or groups have other shares than those of the calibration; see {@link Target}. */
    WEIGHTED,
    /** Between two quantiles, which need not lie symmetrically around the value; see {@link QuantileBand}. */
    CQR;

    /** As users write it: {@code plain}, {@code normalised}, {@code per-bin} and so on. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
