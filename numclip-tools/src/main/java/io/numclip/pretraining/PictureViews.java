package io.numclip.pretraining;

import io.numclip.data.ImageSource;
import io.numclip.data.LabeledImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.SplittableRandom;

/**
 * Pictures seen again and again, each time otherwise: with one of their captions, and changed by a {@link PictureView}. A view
 * is made when it is asked for, and the same for the same seed and place.
 */
public final class PictureViews extends AbstractList<LabeledImage> implements RandomAccess {

    private final List<CaptionedPicture> pictures;
    private final int count;
    private final int side;
    private final long seed;

    /**
     * @param count of views; all pictures are seen equally often, but for one
     * @param side of a view, in pixels
     */
    public PictureViews(List<CaptionedPicture> pictures, int count, int side, long seed) {
        this.pictures = List.copyOf(pictures);
        this.count = count;
        this.side = side;
        this.seed = seed;
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public LabeledImage get(int index) {
        CaptionedPicture picture = pictures.get(index % pictures.size());
        SplittableRandom random = new SplittableRandom(seed ^ index * 0x9E3779B97F4A7C15L);
        String caption =
                picture.captions().get(random.nextInt(picture.captions().size()));
        return new LabeledImage(
                picture.name(),
                new Changed(picture, side, random.nextLong()),
                0,
                Map.of(LabeledImage.CAPTION, caption));
    }

    private record Changed(CaptionedPicture picture, int side, long seed) implements ImageSource {
        @Override
        public BufferedImage read() throws IOException {
            return new PictureView(side, picture.canBeMirrored(), new SplittableRandom(seed)).of(picture.read());
        }

        @Override
        public String fingerprint() {
            return picture.file() + "|" + side + "|" + seed;
        }
    }
}
