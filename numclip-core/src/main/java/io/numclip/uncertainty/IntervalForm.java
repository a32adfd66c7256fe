package io.numclip.uncertainty;

import java.util.Locale;

/** How the widths of intervals vary between images. All three forms promise the same coverage. */
public enum IntervalForm {
    /** The same width for every image (Lei et al., JASA 2018, section 2.2). */
    PLAIN,
    /** Wide where {@link Difficulty} expects large errors (Lei et al., JASA 2018, section 5.2). */
    NORMALISED,
    /**
     * One width for the values in each bin, or in each group of neighbouring bins with enough images (Mondrian
     * conformal prediction; Vovk et al. 2005, section 4.5).
     */
    PER_BIN;

    /** As users write it: {@code plain}, {@code normalised}, {@code per-bin}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
