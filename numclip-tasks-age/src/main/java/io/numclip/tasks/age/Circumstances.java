package io.numclip.tasks.age;

import io.numclip.sample.SampleColors;
import io.numclip.sample.SampleRandom;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * What has nothing to do with age: background, clothes, light and pose.
 *
 * @param backdrop goes from the first colour to the second along {@code slope}
 * @param light from -1 (from the left) to 1 (from the right)
 * @param bricks whether the backdrop is a wall of bricks; in test images alone: no CLIP has been pretrained on it
 */
record Circumstances(
        Color backdrop,
        Color backdropEnd,
        double slope,
        Color clothes,
        double light,
        double tilt,
        double shift,
        double scale,
        boolean bricks) {

    private static final int SIZE = 96;
    private static final double HEAD_HEIGHT = 43;

    private static final List<Color> BACKDROPS = List.of(
            new Color(0x9CC4DD),
            new Color(0xB9CFA6),
            new Color(0xE0C9A3),
            new Color(0xC9B3CF),
            new Color(0xB7BDC4),
            new Color(0x7F95A8),
            new Color(0xD9A79A),
            new Color(0x6E8B83));

    private static final List<Color> CLOTHES = List.of(
            new Color(0x2E4A7D),
            new Color(0x8C2F39),
            new Color(0x3C6E47),
            new Color(0x3A3A42),
            new Color(0xD8B23F),
            new Color(0x6A4C93),
            new Color(0xE5E1D8),
            new Color(0x2A9D8F));

    static Circumstances any(SampleRandom random) {
        Color backdrop = SampleColors.vary(random.pick(BACKDROPS), random);
        return new Circumstances(
                backdrop,
                SampleColors.mix(backdrop, random.chance(0.5) ? Color.WHITE : Color.BLACK, random.between(0.05, 0.4)),
                random.between(-1, 1),
                SampleColors.vary(random.pick(CLOTHES), random),
                random.between(-1, 1),
                random.bell(0, 0.06),
                random.bell(0, 2),
                random.between(0.9, 1.06),
                false);
    }

    Circumstances inFrontOfBricks() {
        return new Circumstances(backdrop, backdropEnd, slope, clothes, light, tilt, shift, scale, true);
    }

    void drawBackdrop(Graphics2D graphics) {
        float across = (float) (slope * SIZE / 2);
        graphics.setPaint(new GradientPaint(SIZE / 2f - across, 0, backdrop, SIZE / 2f + across, SIZE, backdropEnd));
        graphics.fill(new Rectangle2D.Double(0, 0, SIZE, SIZE));
        if (bricks) {
            drawBricks(graphics);
        }
    }

    private static void drawBricks(Graphics2D graphics) {
        graphics.setColor(SampleColors.fade(Color.BLACK, 0.4));
        int height = 8;
        for (int y = 0; y < SIZE; y += height) {
            graphics.fill(new Rectangle2D.Double(0, y, SIZE, 1));
            for (int x = y / height % 2 * height; x < SIZE; x += 2 * height) {
                graphics.fill(new Rectangle2D.Double(x, y, 1, height));
            }
        }
    }

    /** Moves the origin to the middle of the head. */
    AffineTransform pose() {
        AffineTransform pose = AffineTransform.getTranslateInstance(SIZE / 2.0 + shift, HEAD_HEIGHT);
        pose.rotate(tilt);
        pose.scale(scale, scale);
        return pose;
    }
}
