package io.numclip.server.label;

import io.numclip.image.ImageDecoder;
import io.numclip.server.http.Answer;
import io.numclip.server.request.RefusedException;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The images for the page, read as predictions read them: upright, without what cameras write beside the picture, not too large. */
record ShownImages(Path folder, List<String> names) {

    private static final int LONGEST_SIDE = 1600;
    private static final int DRAWN = 400; // up to here the exact pixels are small anyway

    ShownImages {
        names = List.copyOf(names);
    }

    Answer answer(int place) {
        if (place >= names.size()) {
            throw new RefusedException(404, "not_found", "there is no such image", "reload the page");
        }
        try {
            BufferedImage image = small(ImageDecoder.decode(folder.resolve(names.get(place))));
            boolean exact = Math.max(image.getWidth(), image.getHeight()) <= DRAWN;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
                ImageIO.write(image, exact ? "png" : "jpg", out);
            }
            Map<String, String> headers = Map.of(
                    "Content-Type", exact ? "image/png" : "image/jpeg", "Cache-Control", "private, max-age=3600");
            return new Answer(200, headers, bytes.toByteArray());
        } catch (IOException gone) {
            throw new RefusedException(
                    404, "unreadable", String.valueOf(gone.getMessage()), "skip it, or put the file back");
        }
    }

    private static BufferedImage small(BufferedImage image) {
        double scale = (double) LONGEST_SIDE / Math.max(image.getWidth(), image.getHeight());
        if (scale >= 1) {
            return image;
        }
        int width = Math.max(1, (int) Math.round(scale * image.getWidth()));
        int height = Math.max(1, (int) Math.round(scale * image.getHeight()));
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.drawImage(image.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
        graphics.dispose();
        return small;
    }
}
