package io.numclip.model;

/** The parts of the network that can be trained or frozen apart from each other. */
public enum Part {
    IMAGE_ENCODER,
    TEXT_ENCODER,
    ADAPTER,
    CONTEXT,
    CONCEPTS,
    FINE_HEAD,
    LOGIT_SCALE
}
