package io.numclip.tasks.counting;

import io.numclip.sample.SampleColors;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** A sort of thing, drawn within the circle of radius 1 around the origin. */
enum Kind {
    APPLE("apple", "apples") {
        @Override
        Shape outline() {
            return Outlines.apple();
        }

        @Override
        void drawDetails(Graphics2D graphics, Color color) {
            graphics.setColor(new Color(0x5A3A1C));
            graphics.draw(new Line2D.Double(0, -0.4, 0.12, -0.85));
            graphics.setColor(new Color(0x3F8F3A));
            graphics.fill(new Ellipse2D.Double(0.1, -0.85, 0.55, 0.26));
            shine(graphics, -0.4, -0.1);
        }
    },
    BALL("ball", "balls") {
        @Override
        Shape outline() {
            return Outlines.circle(0, 0, 0.92);
        }

        @Override
        void drawDetails(Graphics2D graphics, Color color) {
            graphics.setColor(SampleColors.mix(color, Color.WHITE, 0.75));
            graphics.fill(new Rectangle2D.Double(-0.86, -0.17, 1.72, 0.34));
            shine(graphics, -0.35, -0.5);
        }
    },
    STAR("star", "stars") {
        @Override
        Shape outline() {
            return Outlines.star();
        }
    },
    LEAF("leaf", "leaves") {
        @Override
        Shape outline() {
            return Outlines.leaf();
        }

        @Override
        void drawDetails(Graphics2D graphics, Color color) {
            graphics.setColor(SampleColors.mix(color, Color.BLACK, 0.45));
            graphics.draw(new Line2D.Double(0, -0.7, 0, 1));
            for (double y = -0.3; y < 0.5; y += 0.35) {
                graphics.draw(new Line2D.Double(0, y + 0.2, 0.4, y - 0.1));
                graphics.draw(new Line2D.Double(0, y + 0.2, -0.4, y - 0.1));
            }
        }
    },
    BUTTON("button", "buttons") {
        @Override
        Shape outline() {
            return Outlines.circle(0, 0, 0.9);
        }

        @Override
        void drawDetails(Graphics2D graphics, Color color) {
            graphics.setColor(SampleColors.mix(color, Color.BLACK, 0.35));
            graphics.draw(Outlines.circle(0, 0, 0.66));
            graphics.setColor(SampleColors.mix(color, Color.BLACK, 0.75));
            for (double x = -0.25; x < 0.5; x += 0.5) {
                graphics.fill(Outlines.circle(x, -0.25, 0.13));
                graphics.fill(Outlines.circle(x, 0.25, 0.13));
            }
        }
    },
    FISH("fish", "fish") {
        @Override
        Shape outline() {
            return Outlines.fish();
        }

        @Override
        void drawDetails(Graphics2D graphics, Color color) {
            graphics.setColor(Color.WHITE);
            graphics.fill(Outlines.circle(-0.55, -0.12, 0.19));
            graphics.setColor(Color.BLACK);
            graphics.fill(Outlines.circle(-0.57, -0.12, 0.1));
            graphics.setColor(SampleColors.mix(color, Color.BLACK, 0.3));
            graphics.draw(new Line2D.Double(-0.1, -0.35, -0.1, 0.35));
            graphics.draw(new Line2D.Double(0.15, -0.3, 0.15, 0.3));
        }
    },
    FLOWER("flower", "flowers") {
        @Override
        Shape outline() {
            return Outlines.flower();
        }

        @Override
        void drawDetails(Graphics2D graphics, Color color) {
            graphics.setColor(Hue.YELLOW.standsOutFrom(color) ? Hue.YELLOW.color() : Hue.BROWN.color());
            graphics.fill(Outlines.circle(0, 0, 0.34));
        }
    },
    HEART("heart", "hearts") {
        @Override
        Shape outline() {
            return Outlines.heart();
        }

        @Override
        void drawDetails(Graphics2D graphics, Color color) {
            shine(graphics, -0.42, -0.3);
        }
    },
    BOX("box", "boxes") {
        @Override
        Shape outline() {
            return Outlines.box();
        }

        @Override
        void drawDetails(Graphics2D graphics, Color color) {
            graphics.setColor(SampleColors.mix(color, Color.WHITE, 0.7));
            graphics.fill(new Rectangle2D.Double(-0.12, -0.66, 0.24, 1.32));
            graphics.fill(new Rectangle2D.Double(-0.7, -0.12, 1.4, 0.24));
        }
    },
    MUSHROOM("mushroom", "mushrooms") {
        @Override
        Shape outline() {
            return Outlines.mushroom();
        }

        @Override
        void drawDetails(Graphics2D graphics, Color color) {
            graphics.setColor(SampleColors.mix(color, Color.WHITE, 0.75));
            graphics.fill(new Rectangle2D.Double(-0.3, 0.08, 0.6, 0.76));
            graphics.fill(Outlines.circle(-0.4, -0.25, 0.15));
            graphics.fill(Outlines.circle(0.05, -0.42, 0.15));
            graphics.fill(Outlines.circle(0.45, -0.18, 0.15));
        }
    },
    CUP("cup", "cups") {
        @Override
        Shape outline() {
            return Outlines.cup();
        }

        @Override
        void drawDetails(Graphics2D graphics, Color color) {
            graphics.setColor(SampleColors.mix(color, Color.BLACK, 0.6));
            graphics.fill(Outlines.circle(0.58, 0, 0.19));
            graphics.setColor(SampleColors.mix(color, Color.WHITE, 0.7));
            graphics.fill(new Rectangle2D.Double(-0.75, -0.2, 1.15, 0.3));
        }
    };

    /** Those in scenes of all splits. */
    static final List<Kind> SEEN = List.of(APPLE, BALL, STAR, LEAF, BUTTON, FISH, FLOWER, HEART, BOX);

    /** Those in test scenes alone: no CLIP has been pretrained on them. */
    static final List<Kind> UNSEEN = List.of(MUSHROOM, CUP);

    private static final float LINE = 0.11f;

    private final String one;
    private final String more;

    Kind(String one, String more) {
        this.one = one;
        this.more = more;
    }

    abstract Shape outline();

    /** Details that tell apart things of the same outline; none by default. */
    void drawDetails(Graphics2D graphics, Color color) {}

    /** The rim comes first: the filling covers its inner half, and the seams of an outline made of parts. */
    void draw(Graphics2D graphics, Color color) {
        Shape outline = outline();
        graphics.setColor(SampleColors.mix(color, Color.BLACK, 0.6));
        graphics.setStroke(stroke(2 * LINE));
        graphics.draw(outline);
        graphics.setColor(color);
        graphics.fill(outline);
        graphics.setStroke(stroke(LINE));
        drawDetails(graphics, color);
    }

    String one() {
        return one;
    }

    String more() {
        return more;
    }

    /** Bevelled: Java versions differ in how they round a sharp corner. */
    private static BasicStroke stroke(float width) {
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_BEVEL);
    }

    private static void shine(Graphics2D graphics, double x, double y) {
        graphics.setColor(SampleColors.fade(Color.WHITE, 0.7));
        graphics.fill(Outlines.circle(x, y, 0.17));
    }
}
