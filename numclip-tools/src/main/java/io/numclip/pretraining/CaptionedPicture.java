package io.numclip.pretraining;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A picture that somebody made, with what can be said of it.
 *
 * @param name as the list writes it
 * @param captions at least one; each says all of it
 */
public record CaptionedPicture(String name, Path file, List<String> captions) {

    /** Words that are wrong for the mirrored picture: sides, turns, and signs that are read. */
    private static final Pattern SIDED = Pattern.compile(
            "\\b(left\\w*|right\\w*|east|west|clockwise|counterclockwise|anticlockwise|digits?|letters?|numbers?|numerals?"
                    + "|texts?|words?|signs?|symbols?|marks?|ampersand|solidus|clocks?|maps?|o.clock)\\b",
            Pattern.CASE_INSENSITIVE);

    public CaptionedPicture {
        captions = List.copyOf(captions);
        if (captions.isEmpty()) {
            throw new IllegalArgumentException("picture '" + name + "' needs a caption");
        }
    }

    /** Whether what is said of it holds for its mirror image. */
    boolean canBeMirrored() {
        return captions.stream().noneMatch(caption -> SIDED.matcher(caption).find());
    }

    /**
     * With alpha if it is transparent.
     *
     * @throws IOException if it cannot be read; the message says why
     */
    BufferedImage read() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        BufferedImage image = ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)));
        if (image == null) {
            throw new IOException("not an image that can be read");
        }
        return image;
    }
}
