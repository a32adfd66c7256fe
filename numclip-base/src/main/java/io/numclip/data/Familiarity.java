package io.numclip.data;

/**
 * Whether an image looks like those that a model was trained on.
 *
 * @param chance the share of ordinary images that look at least as unlike the training images; small: this one is strange
 * @param strange whether the chance is at most the rate at which the user accepts false alarms
 */
public record Familiarity(double chance, boolean strange) {}
