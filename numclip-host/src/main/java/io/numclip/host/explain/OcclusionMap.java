package io.numclip.host.explain;

import io.numclip.data.Prediction;
import io.numclip.host.NumClip;
import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Where in a picture a number comes from: how much else a model answers where a part of the picture is blurred away (occlusion,
 * Zeiler and Fergus 2014, section 4.2). It says what the model looks at, not that it is right to.
 *
 * @param weights ({@value #CELLS} · {@value #CELLS}) of a grid over the picture, row by row; they sum to 1, or are all 0 where no
 *     part changes the answer
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OcclusionMap(double[] weights) {

    public static final int CELLS = 8;

    private static final int BLURRED = 2; // pixels a side of what is left of the picture
    private static final float DARK = 0.8f;

    /** @param picture as {@link NumClip#seen} gives it */
    public static OcclusionMap of(NumClip model, BufferedImage picture) {
        double range = model.scale().maximum() - model.scale().minimum();
        return of(picture, range, model::predict);
    }

    static OcclusionMap of(
            BufferedImage picture, double range, Function<List<BufferedImage>, List<Prediction>> predictions) {
        BufferedImage blurred = scaled(scaled(picture, BLURRED, BLURRED), picture.getWidth(), picture.getHeight());
        List<BufferedImage> images = new ArrayList<>(List.of(picture));
        for (int cell = 0; cell < CELLS * CELLS; cell++) {
            images.add(covered(picture, blurred, cell / CELLS, cell % CELLS));
        }
        List<Prediction> found = predictions.apply(images);
        double[] changes = found.stream()
                .skip(1)
                .mapToDouble(other -> change(found.get(0), other, range))
                .toArray();
        return new OcclusionMap(shares(changes));
    }

    /** Of number and concepts: a whole number may stay the same where the chances of concepts do not. */
    private static double change(Prediction whole, Prediction covered, double range) {
        double[] before = whole.probabilities();
        double[] after = covered.probabilities();
        double moved = IntStream.range(0, before.length)
                .mapToDouble(k -> Math.abs(before[k] - after[k]))
                .sum();
        return Math.abs(whole.value() - covered.value()) / range + moved / 2;
    }

    private static double[] shares(double... changes) {
        double sum = Arrays.stream(changes).sum();
        return Arrays.stream(changes).map(change -> sum > 0 ? change / sum : 0).toArray();
    }

    private static BufferedImage covered(BufferedImage picture, BufferedImage blurred, int row, int column) {
        BufferedImage copy = scaled(picture, picture.getWidth(), picture.getHeight());
        int left = picture.getWidth() * column / CELLS;
        int top = picture.getHeight() * row / CELLS;
        int right = picture.getWidth() * (column + 1) / CELLS;
        int bottom = picture.getHeight() * (row + 1) / CELLS;
        Graphics2D graphics = copy.createGraphics();
        graphics.setClip(left, top, right - left, bottom - top);
        graphics.drawImage(blurred, 0, 0, null);
        graphics.dispose();
        return copy;
    }

    private static BufferedImage scaled(BufferedImage picture, int width, int height) {
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        boolean smaller = width < picture.getWidth() && height < picture.getHeight();
        graphics.drawImage(
                smaller ? picture.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING) : picture,
                0,
                0,
                width,
                height,
                null);
        graphics.dispose();
        return scaled;
    }

    /** The picture, dark where nothing comes from. */
    public BufferedImage over(BufferedImage picture) {
        double most = Arrays.stream(weights).max().orElse(0);
        BufferedImage shade = new BufferedImage(CELLS, CELLS, BufferedImage.TYPE_INT_ARGB);
        for (int cell = 0; cell < weights.length; cell++) {
            double light = most > 0 ? weights[cell] / most : 1;
            shade.setRGB(cell % CELLS, cell / CELLS, (int) Math.round(255 * (1 - light)) << 24);
        }
        BufferedImage over = scaled(picture, picture.getWidth(), picture.getHeight());
        Graphics2D graphics = over.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, DARK));
        graphics.drawImage(shade, 0, 0, picture.getWidth(), picture.getHeight(), null);
        graphics.dispose();
        return over;
    }
}
