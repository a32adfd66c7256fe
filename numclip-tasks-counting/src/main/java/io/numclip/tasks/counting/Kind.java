package io.numclip.tasks.counting;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** A sort of thing, drawn within the circle of radius 1 around the origin. */
enum Kind {
    APPLE("apple", "apples") {
        @Override
        Shape outline() {
            Area apple = new Area(circle(-0.3, 0.1, 0.65));
            apple.add(new Area(circle(0.3, 0.1, 0.65)));
            apple.add(new Area(circle(0, 0.35, 0.6)));
            return apple;
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
            return circle(0, 0, 0.92);
        }

        @Override
        void drawDetails(Graphics2D graphics, Color color) {
            graphics.setColor(Colors.mix(color, Color.WHITE, 0.75));
            graphics.fill(new Rectangle2D.Double(-0.86, -0.17, 1.72, 0.34));
            shine(graphics, -0.35, -0.5);
        }
    },
    STAR("star", "stars") {
        @Override
        Shape outline() {
            return spikes(5, 0.48);
        }
    },
    LEAF("leaf", "leaves") {
        @Override
        Shape outline() {
            Path2D leaf = new Path2D.Double();
            leaf.moveTo(0, -1);
            leaf.curveTo(0.95, -0.45, 0.8, 0.5, 0, 0.85);
            leaf.curveTo(-0.8, 0.5, -0.95, -0.45, 0, -1);
            return leaf;
        }

        @Override
        void drawDetails(Graphics2D graphics, Color color) {
            graphics.setColor(Colors.mix(color, Color.BLACK, 0.45));
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
            return circle(0, 0, 0.9);
        }

        @Override
        void drawDetails(Graphics2D graphics, Color color) {
            graphics.setColor(Colors.mix(color, Color.BLACK, 0.35));
            graphics.draw(circle(0, 0, 0.66));
            graphics.setColor(Colors.mix(color, Color.BLACK, 0.75));
            for (double x = -0.25; x < 0.5; x += 0.5) {
                graphics.fill(circle(x, -0.25, 0.13));
                graphics.fill(circle(x, 0.25, 0.13));
            }
        }
    },
    FISH("fish", "fish") {
        @Override
        Shape outline() {
            Path2D tail = new Path2D.Double();
            tail.moveTo(0.35, 0);
            tail.lineTo(0.98, -0.55);
            tail.quadTo(0.8, 0, 0.98, 0.55);
            tail.closePath();
            Area fish = new Area(new Ellipse2D.Double(-0.98, -0.55, 1.6, 1.1));
            fish.add(new Area(tail));
            return fish;
        }

        @Override
        void drawDetails(Graphics2D graphics, Color color) {
            graphics.setColor(Color.WHITE);
            graphics.fill(circle(-0.55, -0.12, 0.19));
            graphics.setColor(Color.BLACK);
            graphics.fill(circle(-0.57, -0.12, 0.1));
            graphics.setColor(Colors.mix(color, Color.BLACK, 0.3));
            graphics.draw(new Line2D.Double(-0.1, -0.35, -0.1, 0.35));
            graphics.draw(new Line2D.Double(0.15, -0.3, 0.15, 0.3));
        }
    },
    FLOWER("flower", "flowers") {
        @Override
        Shape outline() {
            Area flower = new Area();
            for (int petal = 0; petal < 6; petal++) {
                double angle = petal * Math.PI / 3;
                flower.add(new Area(circle(0.58 * Math.cos(angle), 0.58 * Math.sin(angle), 0.37)));
            }
            flower.add(new Area(circle(0, 0, 0.5)));
            return flower;
        }

        @Override
        void drawDetails(Graphics2D graphics, Color color) {
            graphics.setColor(Hue.YELLOW.standsOutFrom(color) ? Hue.YELLOW.color() : Hue.BROWN.color());
            graphics.fill(circle(0, 0, 0.34));
        }
    },
    HEART("heart", "hearts") {
        @Override
        Shape outline() {
            Path2D heart = new Path2D.Double();
            heart.moveTo(0, 0.9);
            heart.curveTo(-1.5, -0.2, -0.7, -1.25, 0, -0.4);
            heart.curveTo(0.7, -1.25, 1.5, -0.2, 0, 0.9);
            return heart;
        }

        @Override
        void drawDetails(Graphics2D graphics, Color color) {
            shine(graphics, -0.42, -0.3);
        }
    },
    BOX("box", "boxes") {
        @Override
        Shape outline() {
            return new Rectangle2D.Double(-0.7, -0.66, 1.4, 1.32);
        }

        @Override
        void drawDetails(Graphics2D graphics, Color color) {
            graphics.setColor(Colors.mix(color, Color.WHITE, 0.7));
            graphics.fill(new Rectangle2D.Double(-0.12, -0.66, 0.24, 1.32));
            graphics.fill(new Rectangle2D.Double(-0.7, -0.12, 1.4, 0.24));
        }
    };

    private static final float RIM = 0.13f;

    private final String one;
    private final String more;

    Kind(String one, String more) {
        this.one = one;
        this.more = more;
    }

    abstract Shape outline();

    /** What tells one thing from another of the same outline; nothing by default. */
    void drawDetails(Graphics2D graphics, Color color) {}

    void draw(Graphics2D graphics, Color color) {
        Shape outline = outline();
        graphics.setColor(color);
        graphics.fill(outline);
        graphics.setStroke(new BasicStroke(RIM, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        drawDetails(graphics, color);
        graphics.setColor(Colors.mix(color, Color.BLACK, 0.6));
        graphics.draw(outline);
    }

    String one() {
        return one;
    }

    String more() {
        return more;
    }

    private static void shine(Graphics2D graphics, double x, double y) {
        graphics.setColor(Colors.fade(Color.WHITE, 0.7));
        graphics.fill(circle(x, y, 0.17));
    }

    private static Shape circle(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, radius * 2, radius * 2);
    }

    private static Shape spikes(int count, double inner) {
        Path2D spikes = new Path2D.Double();
        spikes.moveTo(0, -1);
        for (int i = 1; i < count * 2; i++) {
            double angle = Math.PI * i / count;
            double radius = i % 2 == 0 ? 1 : inner;
            spikes.lineTo(Math.sin(angle) * radius, -Math.cos(angle) * radius);
        }
        spikes.closePath();
        return spikes;
    }
}
