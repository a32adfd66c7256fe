package io.numclip.runner.predict;

import io.numclip.data.NearestName;
import io.numclip.data.NumClipException;
import io.numclip.host.NumClip;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the user says of all images, for intervals that depend on it. */
record GivenAttributes(Set<String> names) {

    /** @throws NumClipException if there is one that the intervals of no model depend on */
    void require(List<NumClip> models) {
        Set<String> known = new TreeSet<>();
        models.forEach(model -> known.addAll(model.attributes()));
        for (String name : names) {
            if (!known.contains(name)) {
                throw new NumClipException(
                        NumClipException.Kind.USAGE,
                        "--attribute: no model has intervals that depend on '" + name + "'"
                                + NearestName.question(name, known),
                        known.isEmpty()
                                ? "leave it out, or train with uncertainty.group=" + name
                                : "choose one of " + String.join(", ", known) + ", or leave it out");
            }
        }
    }
}
