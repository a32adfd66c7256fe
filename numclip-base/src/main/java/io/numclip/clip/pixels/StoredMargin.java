package io.numclip.clip.pixels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.data.Region;
import io.numclip.storage.JsonFile;
import java.nio.file.Path;

/** A margin around regions as a field of {@code preprocessor_config.json} that is ours, and that transformers passes over. */
final class StoredMargin {

    private static final String FIELD = "region_margin";

    private StoredMargin() {}

    static ObjectNode add(double margin, ObjectNode root) {
        return margin == 0 ? root : root.put(FIELD, margin);
    }

    /** @param file for messages */
    static double of(Path file, JsonNode root) {
        JsonNode field = root.path(FIELD);
        if (field.isMissingNode()) {
            return 0;
        }
        if (!field.isNumber() || !Region.isMargin(field.asDouble())) {
            throw JsonFile.damaged(file, "/" + FIELD + ": expected a share from 0 to 10; found " + field);
        }
        return field.asDouble();
    }
}
