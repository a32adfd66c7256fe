package io.numclip.pretraining;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * A random view of a picture: somewhere, turned, larger or smaller, in other colours, on another background, sharp or coarse.
 * One view in four is plain: upright, in the middle, and whole.
 *
 * @param side of the view, in pixels
 * @param mirrors whether half of the views are mirrored
 */
record PictureView(int side, boolean mirrors, SplittableRandom random) {

    private static final double PLAIN = 0.25;
    private static final double RECOLORED = 0.35;
    private static final double COARSE = 0.2;
    private static final double LARGEST_TURN = Math.toRadians(25);

    BufferedImage of(BufferedImage picture) {
        Backdrop backdrop = Backdrop.any(random);
        BufferedImage drawn = new Ink(picture).isOneColor()
                ? new Ink(picture).in(backdrop.contrast(random)) // black on black would be nothing
                : picture;
        BufferedImage view = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        draw(view, graphics -> {
            backdrop.paint(graphics, side, random);
            graphics.drawImage(drawn, placed(drawn), null);
        });
        BufferedImage seen = random.nextDouble() < COARSE ? coarse(view) : view;
        if (random.nextDouble() < RECOLORED) {
            new ColorChange(random).apply(seen);
        }
        return seen;
    }

    private interface Drawing {
        void on(Graphics2D graphics);
    }

    private static void draw(BufferedImage image, Drawing drawing) {
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            drawing.on(graphics);
        } finally {
            graphics.dispose();
        }
    }

    /** From the picture to the view: the middle of the picture goes where most of it can be seen. */
    private AffineTransform placed(BufferedImage picture) {
        boolean isPlain = random.nextDouble() < PLAIN;
        double size = isPlain ? between(0.85, 1) : between(0.45, 1.5);
        double scale = size * side / Math.max(picture.getWidth(), picture.getHeight());
        double stretch = isPlain ? 1 : Math.exp(between(-0.2, 0.2));
        double room = isPlain ? 0 : Math.abs(1 - size) / 2 * side;
        AffineTransform placed = AffineTransform.getTranslateInstance(
                side / 2.0 + between(-room, room), side / 2.0 + between(-room, room));
        if (!isPlain) {
            placed.rotate(between(-1, 1) * random.nextDouble() * LARGEST_TURN);
            placed.shear(between(-0.15, 0.15), 0);
        }
        boolean mirrored = mirrors && random.nextBoolean();
        placed.scale(scale * stretch * (mirrored ? -1 : 1), scale / stretch);
        placed.translate(-picture.getWidth() / 2.0, -picture.getHeight() / 2.0);
        return placed;
    }

    /** Halved once or more, and enlarged again. */
    private BufferedImage coarse(BufferedImage view) {
        BufferedImage small = view;
        int halvings = 1 + random.nextInt(3);
        for (int i = 0; i < halvings && small.getWidth() > 8; i++) {
            small = scaled(small, small.getWidth() / 2, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        }
        return scaled(
                small,
                side,
                random.nextBoolean()
                        ? RenderingHints.VALUE_INTERPOLATION_BICUBIC
                        : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    }

    private static BufferedImage scaled(BufferedImage image, int side, Object interpolation) {
        BufferedImage scaled = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        draw(scaled, graphics -> {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, interpolation);
            graphics.drawImage(image, 0, 0, side, side, null);
        });
        return scaled;
    }

    private double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** What is behind a transparent picture, and around every one that does not fill the view. */
    private record Backdrop(Color first, Color second, boolean isCloudy) {

        private static final int CLOUDS = 4;

        static Backdrop any(SplittableRandom random) {
            double chance = random.nextDouble();
            Color first = chance < 0.35 ? Color.WHITE : chance < 0.45 ? Color.BLACK : color(random);
            Color second = chance < 0.7 ? first : color(random);
            return new Backdrop(first, second, chance > 0.85);
        }

        private static Color color(SplittableRandom random) {
            return new Color(random.nextInt(1 << 24));
        }

        private static int brightness(Color color) {
            return (299 * color.getRed() + 587 * color.getGreen() + 114 * color.getBlue()) / 1000;
        }

        /** A colour that can be told from it; most often black or white. */
        Color contrast(SplittableRandom random) {
            int behind = (brightness(first) + brightness(second)) / 2;
            Color any = color(random);
            boolean tells = Math.abs(brightness(any) - behind) > 90 && random.nextInt(3) == 0;
            return tells ? any : behind < 128 ? Color.WHITE : Color.BLACK;
        }

        void paint(Graphics2D graphics, int side, SplittableRandom random) {
            BufferedImage small = new BufferedImage(CLOUDS, CLOUDS, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < CLOUDS; y++) {
                for (int x = 0; x < CLOUDS; x++) {
                    double share = isCloudy ? random.nextDouble() : y / (CLOUDS - 1.0);
                    small.setRGB(x, y, mixed(share));
                }
            }
            graphics.drawImage(small, -side / 2, -side / 2, 2 * side, 2 * side, null); // without the flat border
        }

        private int mixed(double share) {
            return part(first.getRed(), second.getRed(), share) << 16
                    | part(first.getGreen(), second.getGreen(), share) << 8
                    | part(first.getBlue(), second.getBlue(), share);
        }

        private static int part(int first, int second, double share) {
            return (int) Math.round(first + (second - first) * share);
        }
    }

    /** A picture as a form, where it is drawn in one colour on nothing: a glyph, most icons. */
    private record Ink(BufferedImage picture) {

        private static final int NEAR = 24;

        boolean isOneColor() {
            if (!picture.getColorModel().hasAlpha()) {
                return false;
            }
            int ink = 0;
            for (int y = 0; y < picture.getHeight(); y++) {
                for (int x = 0; x < picture.getWidth(); x++) {
                    int pixel = picture.getRGB(x, y);
                    boolean isSolid = pixel >>> 24 > 200;
                    ink = isSolid && ink == 0 ? pixel : ink;
                    if (isSolid && !isNear(pixel, ink)) {
                        return false;
                    }
                }
            }
            return ink != 0;
        }

        private static boolean isNear(int one, int other) {
            return Math.abs((one >> 16 & 0xff) - (other >> 16 & 0xff)) < NEAR
                    && Math.abs((one >> 8 & 0xff) - (other >> 8 & 0xff)) < NEAR
                    && Math.abs((one & 0xff) - (other & 0xff)) < NEAR;
        }

        BufferedImage in(Color color) {
            BufferedImage inked =
                    new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_ARGB);
            for (int y = 0; y < picture.getHeight(); y++) {
                for (int x = 0; x < picture.getWidth(); x++) {
                    inked.setRGB(x, y, (picture.getRGB(x, y) & 0xff000000) | (color.getRGB() & 0xffffff));
                }
            }
            return inked;
        }
    }
}
