package io.numclip.server.request;

import java.util.List;

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
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record SentImage(String name, byte[] content) {}

    public ImageRequest {
        images = List.copyOf(images);
        models = List.copyOf(models);
    }

    static String nameOf(int index) {
        return "image-" + (index + 1);
    }
}
