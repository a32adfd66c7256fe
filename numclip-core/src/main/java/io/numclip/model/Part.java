package io.numclip.model;

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

    /** Whether the part belongs to the base CLIP; it is then stored only if training changed it. */
    public boolean belongsToClip() {
        return belongsToClip;
    }
}
