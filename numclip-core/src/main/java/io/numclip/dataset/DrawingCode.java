package io.numclip.dataset;

import io.numclip.data.LabeledImage;
import io.numclip.sample.SampleWorld;
import io.numclip.storage.CodePlace;
import io.numclip.storage.Fingerprint;
import java.io.IOException;
import java.util.List;

/**
 * A digest of the code that draws a world: all of the plugin, and of the host the packages {@code data} and
 * {@code sample}, on which alone samples are drawn. A digest of the pixels would tell as much, but only after drawing
 * every image; a version that a person raises is forgotten.
 */
final class DrawingCode {

    private static final List<String> EVERYTHING = List.of("");

    private DrawingCode() {}

    /** @return text that changes when the code does; where the code cannot be found, text that is never the same */
    static String of(SampleWorld world) throws IOException {
        Fingerprint digest = new Fingerprint();
        for (CodePlace place : CodePlace.allOf(world.getClass())) {
            place.addTo(digest, EVERYTHING);
        }
        CodePlace.of(LabeledImage.class).addTo(digest, List.of("io/numclip/data"));
        CodePlace.of(SampleWorld.class).addTo(digest, List.of("io/numclip/sample"));
        return digest.hex();
    }
}
