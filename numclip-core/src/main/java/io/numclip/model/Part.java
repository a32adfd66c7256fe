package io.numclip.model;

/** The parts of the network that can be trained or frozen apart from each other. */
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

    /** Whether the base CLIP holds the part: it is then stored only where training changed it. */
    public boolean belongsToClip() {
        return belongsToClip;
    }
}
