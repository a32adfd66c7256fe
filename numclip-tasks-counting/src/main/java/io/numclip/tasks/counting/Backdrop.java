package io.numclip.tasks.counting;

import io.numclip.sample.DrawnImage;
import io.numclip.sample.SampleColors;
import io.numclip.sample.SampleRandom;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** What the things of a scene lie on, with a texture of its own. */
enum Backdrop {
    TABLE(0xB98A58, "on a table") {
        @Override
        void drawTexture(Graphics2D graphics, Color color, SampleRandom random) {
            for (double y = random.between(0, 16); y < SIZE; y += 16) {
                graphics.setColor(SampleColors.fade(Color.BLACK, 0.22));
                graphics.draw(new Line2D.Double(0, y, SIZE, y));
                graphics.setColor(SampleColors.fade(Color.BLACK, random.between(0, 0.1)));
                graphics.fill(new Rectangle2D.Double(0, y, SIZE, 16));
            }
        }
    },
    GRASS(0x6E9E4C, "on the grass") {
        @Override
        void drawTexture(Graphics2D graphics, Color color, SampleRandom random) {
            for (int blade = 0; blade < 110; blade++) {
                double x = random.between(0, SIZE);
                double y = random.between(0, SIZE);
                Color shade = random.chance(0.5) ? Color.BLACK : Color.YELLOW;
                graphics.setColor(SampleColors.fade(shade, random.between(0.08, 0.2)));
                graphics.draw(new Line2D.Double(x, y, x + random.between(-2, 2), y - random.between(3, 6)));
            }
        }
    },
    SKY(0x9CC6E8, "in the sky") {
        @Override
        void drawTexture(Graphics2D graphics, Color color, SampleRandom random) {
            for (int puff = 0; puff < 9; puff++) {
                double width = random.between(18, 42);
                graphics.setColor(SampleColors.fade(Color.WHITE, 0.22));
                graphics.fill(new Ellipse2D.Double(
                        random.between(-20, SIZE), random.between(-5, SIZE), width, width * random.between(0.25, 0.5)));
            }
        }
    },
    CLOTH(0xB9C6D6, "on a cloth") {
        @Override
        void drawTexture(Graphics2D graphics, Color color, SampleRandom random) {
            double step = random.between(8, 14);
            boolean checked = random.chance(0.5);
            graphics.setColor(SampleColors.fade(random.chance(0.5) ? Color.WHITE : Color.BLACK, 0.16));
            for (double at = 0; at < SIZE; at += step * 2) {
                graphics.fill(new Rectangle2D.Double(at, 0, step, SIZE));
                if (checked) {
                    graphics.fill(new Rectangle2D.Double(0, at, SIZE, step));
                }
            }
        }
    },
    SAND(0xE3CFA0, "on the sand") {
        @Override
        void drawTexture(Graphics2D graphics, Color color, SampleRandom random) {
            for (int grain = 0; grain < 130; grain++) {
                graphics.setColor(SampleColors.fade(Color.BLACK, random.between(0.05, 0.22)));
                graphics.fill(new Ellipse2D.Double(random.between(0, SIZE), random.between(0, SIZE), 1.3, 1.3));
            }
        }
    },
    PAPER(0xEDEAE2, "on plain paper"),
    CARPET(0x5B5470, "on a dark carpet") {
        @Override
        void drawTexture(Graphics2D graphics, Color color, SampleRandom random) {
            for (int thread = 0; thread < 120; thread++) {
                double x = random.between(0, SIZE);
                double y = random.between(0, SIZE);
                graphics.setColor(SampleColors.fade(Color.WHITE, random.between(0.04, 0.14)));
                graphics.draw(new Line2D.Double(x, y, x + 2.5, y + random.between(-1, 1)));
            }
        }
    },
    TILES(0xA3B8A0, "on tiles") {
        @Override
        void drawTexture(Graphics2D graphics, Color color, SampleRandom random) {
            double step = random.between(15, 21);
            for (double at = random.between(0, step); at < 2 * SIZE; at += step) {
                graphics.setColor(SampleColors.fade(Color.WHITE, 0.45));
                graphics.draw(new Line2D.Double(at, 0, at - SIZE, SIZE));
                graphics.draw(new Line2D.Double(at - SIZE, 0, at, SIZE));
            }
        }
    };

    /** Those in scenes of all splits. */
    static final List<Backdrop> SEEN = List.of(TABLE, GRASS, SKY, CLOTH, SAND, PAPER, CARPET);

    /** Those in test scenes alone: no CLIP has been pretrained on them. */
    static final List<Backdrop> UNSEEN = List.of(TILES);

    private static final int SIZE = DrawnImage.SIZE;

    private final Color color;
    private final String where;

    Backdrop(int rgb, String where) {
        color = new Color(rgb);
        this.where = where;
    }

    Color color() {
        return color;
    }

    /** The place of the things, such as {@code on a table}. */
    String where() {
        return where;
    }

    void draw(Graphics2D graphics, SampleRandom random) {
        Color shade = SampleColors.vary(color, random);
        graphics.setColor(shade);
        graphics.fill(new Rectangle2D.Double(0, 0, SIZE, SIZE));
        drawTexture(graphics, shade, random);
    }

    void drawTexture(Graphics2D graphics, Color color, SampleRandom random) {}
}
