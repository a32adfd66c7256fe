package io.numclip.image;

import io.numclip.data.ImageSource;
import io.numclip.data.RgbRows;
import io.numclip.storage.FileState;
import io.numclip.storage.Fingerprint;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/** An image in a file, decoded by {@link ImageDecoder}. */
public record ImageFile(Path path) implements ImageSource {

    @Override
    public BufferedImage read() throws IOException {
        return ImageDecoder.decode(path);
    }

    @Override
    public RgbRows rows() throws IOException {
        return ImageDecoder.rows(path);
    }

    @Override
    public String fingerprint() throws IOException {
        return FileState.of(path).toString();
    }

    /** SHA-256 of the file's bytes. */
    @Override
    public String contentHash() throws IOException {
        return new Fingerprint().add(path).hex();
    }
}
