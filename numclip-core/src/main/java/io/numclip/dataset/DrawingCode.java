package io.numclip.dataset;

import io.numclip.sample.SampleWorld;
import io.numclip.storage.CodeFiles;
import io.numclip.storage.Fingerprint;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.UUID;

/**
 * A digest of the code that draws a world: all of the plugin, and of the host the packages {@code data} and
 * {@code sample}, on which alone samples are drawn. A digest of the pixels would tell as much, but only after drawing
 * every image; a version that a person raises is forgotten.
 */
final class DrawingCode {

    private static final List<String> EVERYTHING = List.of("");
    private static final List<String> HELPERS = List.of("io/numclip/data", "io/numclip/sample");

    private final Fingerprint digest = new Fingerprint();

    private DrawingCode() {}

    /** @return text that changes when the code does; where the code cannot be found, text that is never the same */
    static String of(SampleWorld world) throws IOException {
        DrawingCode code = new DrawingCode();
        code.add(CodeFiles.placesOf(world.getClass()), EVERYTHING);
        code.add(CodeFiles.placeOf(SampleWorld.class), HELPERS);
        return code.digest.hex();
    }

    private void add(List<URL> places, List<String> folders) throws IOException {
        if (places.isEmpty()
                || !places.stream().allMatch(url -> url.getProtocol().equals("file"))) {
            digest.add(UUID.randomUUID().toString()); // such as a jar in a jar
            return;
        }
        for (URL url : places) {
            CodeFiles.add(digest, CodeFiles.path(url), folders);
        }
    }
}
