package io.numclip.host.handover;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.data.NumClipException;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the files of a handed-on model say of its towers and its preprocessing, so that a change of them can be named. */
public final class HandedOnParts {

    private static final String MODEL = "model";

    private HandedOnParts() {}

    /** The parts by name, in words. */
    public static Map<String, String> of(Path directory) throws IOException {
        ClipConfig clip = ClipDirectory.config(directory.resolve(HandedOnModel.CLIP));
        ClipConfig.Vision images = clip.vision();
        Map<String, String> parts = new LinkedHashMap<>();
        if (images.hasNetwork()) {
            parts.put("activation of the image tower", images.activation().toString());
        }
        parts.put("image tower", tower(images));
        if (clip.hasText()) {
            parts.put("activation of the text tower", clip.text().activation().toString());
        }
        parts.put(
                "preprocessing",
                ClipPreprocessor.stored(directory.resolve(MODEL)).describe());
        return parts;
    }

    private static String tower(ClipConfig.Vision images) {
        if (images.isConvolutional()) {
            return "%d convolutions, width %d, at %d pixels"
                    .formatted(images.layers(), images.hiddenSize(), images.imageSize());
        }
        return images.hasNetwork()
                ? "%d layers, %d heads, patches of %d at %d pixels, epsilon %s"
                        .formatted(
                                images.layers(),
                                images.heads(),
                                images.patchSize(),
                                images.imageSize(),
                                images.layerNormEps())
                : "no network, %d x %d squares at %d pixels"
                        .formatted(images.grid(), images.grid(), images.imageSize());
    }

    /**
     * The parts that are now other than {@code handed-on.json} says; none if it cannot be read, for which there are
     * other words.
     */
    static List<String> changes(Path directory) throws IOException {
        List<String> changes = new ArrayList<>();
        try {
            JsonNode recorded = new ObjectMapper()
                    .readTree(RegularFile.read(directory.resolve(HandedOnModel.FILE)))
                    .path("parts");
            of(directory).forEach((name, now) -> {
                String then = recorded.path(name).asText(now);
                if (!then.equals(now)) {
                    changes.add("the " + name + " is now " + now + "; when the model was written it was " + then);
                }
            });
        } catch (JacksonException | NumClipException damaged) {
            return List.of();
        }
        return changes;
    }
}
