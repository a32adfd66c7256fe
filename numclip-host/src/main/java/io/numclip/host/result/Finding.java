package io.numclip.host.result;

/**
 * One thing that a run has shown, for the people who read it.
 *
 * @param sentence with the figures that it rests on and, where something is wrong, what to do
 */
public record Finding(Topic topic, Judgement judgement, String sentence) {

    /** What it is about. */
    public enum Topic {
        /** The best constant. */
        GUESS,
        /** Plain methods on the features of the untrained CLIP and on pixels. */
        PLAIN_METHODS,
        /** How many images are as exact as the user asks for. */
        WITHIN,
        /** Numbers that are all too high, or too low. */
        OFFSET,
        /** The part of the scale with the largest error. */
        WORST_PART,
        /** What people said of pairs of images. */
        COMPARISONS,
        /** Predictions that are all but equal. */
        SPREAD,
        /** Labels that may be wrong. */
        DOUBTS,
        /** What more labels would bring. */
        LABELS,
        /** How long was trained. */
        EPOCHS,
        /** Whether intervals keep their promise. */
        INTERVALS,
        /** Whether the test images are like those of the training. */
        PLACE,
        /** The CLIP in use. */
        BACKBONE
    }

    /** What it means for somebody who wants to use the model. */
    public enum Judgement {
        GOOD,
        /** The images cannot tell, or it is good to know. */
        OPEN,
        BAD
    }
}
