package io.numclip.host.assembly;

import io.numclip.data.LabeledPredictions;
import io.numclip.uncertainty.FamiliarImages;
import java.io.IOException;
import java.util.Optional;

/** What models say of images that they have not learned: of those that shape the calibration, and of those that calibrate. */
public record HeldOut(LabeledPredictions choosing, LabeledPredictions calibrating, Familiar familiar) {

    /** What strange images are told by. */
    @FunctionalInterface
    interface Familiar {
        /** @param model that is calibrated */
        Optional<FamiliarImages> in(Experiment model) throws IOException;
    }
}
