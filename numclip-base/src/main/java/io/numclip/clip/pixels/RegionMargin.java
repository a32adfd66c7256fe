package io.numclip.clip.pixels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.data.Region;
import io.numclip.storage.JsonFile;
import io.numclip.storage.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much of a picture is seen around a region: a field of {@code preprocessor_config.json} that is ours, and that transformers
 * passes over.
 *
 * @param share of the region's size, added on each side as far as the picture goes
 */
public record RegionMargin(double share) {

    public static final RegionMargin NONE = new RegionMargin(0);

    private static final String FIELD = "region_margin";

    public RegionMargin {
        if (!(share >= 0 && share <= Region.LARGEST_MARGIN)) {
            throw new IllegalArgumentException(
                    "a margin is a share from 0 to " + Region.LARGEST_MARGIN + "; found " + share);
        }
    }

    public boolean isNone() {
        return equals(NONE);
    }

    ObjectNode addTo(ObjectNode root) {
        return isNone() ? root : root.put(FIELD, share);
    }

    /** None where there is no such file or no such field. */
    static RegionMargin read(Path directory) throws IOException {
        Path file = directory.resolve(PreprocessorConfig.FILE);
        return Files.exists(file)
                ? of(file, JsonFile.object(file, JsonFile.bytes(file, Limit.MODEL_JSON_BYTES)))
                : NONE;
    }

    /** @param file for messages */
    static RegionMargin of(Path file, JsonNode root) {
        JsonNode field = root.path(FIELD);
        if (field.isMissingNode()) {
            return NONE;
        }
        double share = field.isNumber() ? field.asDouble() : Double.NaN;
        if (!(share >= 0 && share <= Region.LARGEST_MARGIN)) {
            throw JsonFile.damaged(file, "/" + FIELD + ": expected a share from 0 to 10; found " + field);
        }
        return new RegionMargin(share);
    }

    /** In words. */
    @Override
    public String toString() {
        return isNone()
                ? "no margin around regions"
                : "regions with a margin of " + share + " of their size on each side";
    }
}
