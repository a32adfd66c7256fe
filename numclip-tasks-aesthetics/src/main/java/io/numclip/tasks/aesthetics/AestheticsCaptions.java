package io.numclip.tasks.aesthetics;

import io.numclip.sample.SampleRandom;
import java.util.List;

/** Sentences about a shot that judge it by a word, never by a number. */
final class AestheticsCaptions {

    private static final List<String> TEMPLATES = List.of(
            "{a} {judgement} photo",
            "{a} {judgement} photo of {subject}",
            "{a} {judgement} photograph of {subject}",
            "{a} {judgement} picture of {subject}",
            "{a} {judgement} image of {subject}",
            "{a} {judgement} shot of {subject}",
            "{subject}, {a} {judgement} photograph",
            "{subject} in {a} {judgement} photo",
            "the quality of the photo is {judgement}",
            "the quality of this photo of {subject} is {judgement}",
            "a photo of {subject}, the quality is {judgement}",
            "a photograph of {subject} of {judgement} quality",
            "a photo of {judgement} quality",
            "this photo of {subject} looks {judgement}",
            "this is {a} {judgement} photo of {subject}",
            "a picture of {subject} taken with {judgement} skill",
            "a photographer shows {subject} in {a} {judgement} picture",
            "judged by its looks, this photo of {subject} is {judgement}");

    private AestheticsCaptions() {}

    static String caption(String subject, String judgement, SampleRandom random) {
        return random.pick(TEMPLATES)
                .replace("{a}", judgement.startsWith("e") ? "an" : "a")
                .replace("{judgement}", judgement)
                .replace("{subject}", subject);
    }
}
