package io.numclip.model;

import java.util.Locale;

/** The parts of the network that can be trained or frozen independently. */
public enum Part {
    IMAGE_ENCODER(true),
    TEXT_ENCODER(true),
    ADAPTER(false),
    CONTEXT(false),
    CONCEPTS(false),
    COARSE_HEAD(false),
    FINE_HEAD(false),
    LOGIT_SCALE(true);

    private final boolean belongsToClip;

    Part(boolean belongsToClip) {
        this.belongsToClip = belongsToClip;
    }

    /** The name of its learning rate among the settings, such as {@code imageEncoder}. */
    public String setting() {
        String words = name().toLowerCase(Locale.ROOT);
        int gap = words.indexOf('_');
        return gap < 0
                ? words
                : words.substring(0, gap) + Character.toUpperCase(words.charAt(gap + 1)) + words.substring(gap + 2);
    }

    /** Whether the part belongs to the base CLIP; it is then stored only if training changed it. */
    public boolean belongsToClip() {
        return belongsToClip;
    }
}
