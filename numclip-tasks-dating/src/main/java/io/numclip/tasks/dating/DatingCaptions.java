package io.numclip.tasks.dating;

import io.numclip.sample.SampleRandom;
import java.util.List;

/** Sentences about a print that name its decade in words, never its year. */
final class DatingCaptions {

    private static final List<String> TEMPLATES = List.of(
            "a photo taken in the {decade}",
            "a photo of {subject} taken in the {decade}",
            "a photograph of {subject} taken in the {decade}",
            "a photograph of the {decade}",
            "a picture of {subject} from the {decade}",
            "{subject} in the {decade}",
            "{subject}, photographed in the {decade}",
            "an old print of {subject} from the {decade}",
            "a snapshot of {subject} from the {decade}",
            "a print made in the {decade} that shows {subject}",
            "an album photo of the {decade}: {subject}",
            "a family album of the {decade} with a photo of {subject}",
            "this photo of {subject} was taken in the {decade}",
            "the {decade}: a photo of {subject}",
            "{subject} as people saw it in the {decade}",
            "a print from the {decade}",
            "the look of the {decade} in a photo of {subject}",
            "an image of {subject} taken in the {decade}");

    private DatingCaptions() {}

    static String caption(String subject, String decade, SampleRandom random) {
        return random.pick(TEMPLATES).replace("{subject}", subject).replace("{decade}", decade);
    }
}
