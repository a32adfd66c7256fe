package io.numclip.server.request;

import io.numclip.data.ImageRegion;
import io.numclip.data.Region;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Images that a client asks predictions for.
 *
 * @param images at least one
 * @param models names of the models that are asked for; empty: all
 */
public record ImageRequest(List<SentImage> images, List<String> models) {

    /**
     * @param name as the client calls it
     * @param content of a JPEG, PNG, GIF, BMP, WebP or TIFF file
     * @param region of the picture that is asked about; null: the whole picture
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record SentImage(
            String name, byte[] content, @Nullable Region region) {

        SentImage(String name, byte[] content) {
            this(name, content, null);
        }

        /** As a model takes it. */
        public Object image() {
            return region == null ? content : new ImageRegion(content, region);
        }
    }

    public ImageRequest {
        images = List.copyOf(images);
        models = List.copyOf(models);
    }

    static String nameOf(int index) {
        return "image-" + (index + 1);
    }
}
