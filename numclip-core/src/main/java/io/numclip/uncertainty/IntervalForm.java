package io.numclip.uncertainty;

import java.util.Locale;

/** How wide the intervals of single images are. All three promise the same coverage. */
public enum IntervalForm {
    /** Every image the same width (Lei et al., JASA 2018, section 2.2). */
    PLAIN,
    /** Wide where {@link Difficulty} expects large errors (Lei et al., JASA 2018, section 5.2). */
    NORMALISED,
    /** A width for each bin that a value falls into (Mondrian conformal prediction; Vovk et al. 2005, section 4.5). */
    PER_BIN;

    /** As users write it: {@code plain}, {@code normalised}, {@code per-bin}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
