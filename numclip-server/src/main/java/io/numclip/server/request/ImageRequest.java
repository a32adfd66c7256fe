package io.numclip.server.request;

import io.numclip.data.ImageRegion;
import io.numclip.data.ImageSource;
import io.numclip.data.Region;
import java.awt.image.BufferedImage;
import java.io.IOException;
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
     * @param confidence of whatever found the region; null: the client named it, or there is none
     * @param problem why there is nothing to predict; null: there is something
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record SentImage(
            String name,
            byte[] content,
            @Nullable Region region,
            @Nullable Double confidence,
            @Nullable String problem) {

        public SentImage(String name, byte[] content) {
            this(name, content, null);
        }

        SentImage(String name, byte[] content, @Nullable Region region) {
            this(name, content, region, null, null);
        }

        /** A region that was found in it. */
        public SentImage found(Region part, double sure) {
            return new SentImage(name, content, part, sure, null);
        }

        /** The same, of which there is nothing to predict. */
        public SentImage without(String why) {
            return new SentImage(name, content, null, null, why);
        }

        /** As a model takes it. */
        public Object image() {
            if (problem != null) {
                return new Nothing(problem);
            }
            return region == null ? content : new ImageRegion(content, region);
        }
    }

    /** An image that cannot be read. */
    private record Nothing(String why) implements ImageSource {

        @Override
        public BufferedImage read() throws IOException {
            throw new IOException(why);
        }

        @Override
        public String fingerprint() throws IOException {
            throw new IOException(why);
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
