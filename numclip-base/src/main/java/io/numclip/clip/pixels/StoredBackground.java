package io.numclip.clip.pixels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.image.Background;
import io.numclip.storage.JsonFile;
import java.nio.file.Path;

/** A {@link Background} as a field of {@code preprocessor_config.json} that is ours, and that transformers passes over. */
final class StoredBackground {

    private static final String FIELD = "background";

    private StoredBackground() {}

    static JsonNode add(Background background, ObjectNode root) {
        return background.isNone() ? root : root.put(FIELD, background.name());
    }

    /** @param file for messages */
    static Background of(Path file, JsonNode root) {
        JsonNode field = root.path(FIELD);
        return field.isMissingNode()
                ? Background.NONE
                : Background.parse(field.asText())
                        .orElseThrow(() -> JsonFile.damaged(
                                file, "/" + FIELD + ": expected a colour such as #ffffff; found " + field));
    }
}
