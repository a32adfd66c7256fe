package io.numclip.image;

import io.numclip.data.ImageSource;
import io.numclip.data.Region;
import io.numclip.data.RgbRows;
import io.numclip.storage.FileState;
import io.numclip.storage.Fingerprint;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An image in a file, decoded by {@link ImageDecoder}.
 *
 * @param region of the file's picture that is the image; null: the whole picture
 */
public record ImageFile(Path path, @Nullable Region region) implements ImageSource {

    public ImageFile(Path path) {
        this(path, null);
    }

    @Override
    public BufferedImage read() throws IOException {
        return region == null ? ImageDecoder.decode(path) : rows().toImage();
    }

    @Override
    public RgbRows rows() throws IOException {
        RgbRows picture = ImageDecoder.rows(path);
        return region == null ? picture : region.of(picture);
    }

    @Override
    public String fingerprint() throws IOException {
        return withRegion(FileState.of(path).toString());
    }

    /** SHA-256 of the file's bytes, with the region behind it. */
    @Override
    public String contentHash() throws IOException {
        return withRegion(new Fingerprint().add(path).hex());
    }

    private String withRegion(String text) {
        return region == null ? text : region.in(text);
    }
}
