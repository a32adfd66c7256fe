package io.numclip.tasks.counting;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** The outlines of things, each within the circle of radius 1 around the origin. */
final class Outlines {

    private Outlines() {}

    static Shape circle(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, radius * 2, radius * 2);
    }

    static Shape box() {
        return new Rectangle2D.Double(-0.7, -0.66, 1.4, 1.32);
    }

    static Shape mushroom() {
        Path2D mushroom = new Path2D.Double();
        mushroom.moveTo(-0.95, 0.1);
        mushroom.curveTo(-0.85, -1, 0.85, -1, 0.95, 0.1);
        mushroom.lineTo(0.34, 0.1);
        mushroom.lineTo(0.4, 0.88);
        mushroom.lineTo(-0.4, 0.88);
        mushroom.lineTo(-0.34, 0.1);
        mushroom.closePath();
        return mushroom;
    }

    static Shape cup() {
        return parts(circle(0.5, 0, 0.44), new Rectangle2D.Double(-0.75, -0.6, 1.15, 1.2));
    }

    static Shape apple() {
        return parts(circle(-0.3, 0.1, 0.65), circle(0.3, 0.1, 0.65), circle(0, 0.35, 0.6));
    }

    static Shape fish() {
        Path2D tail = new Path2D.Double();
        tail.moveTo(0.35, 0);
        tail.lineTo(0.82, -0.5);
        tail.quadTo(0.72, 0, 0.82, 0.5);
        tail.closePath();
        return parts(new Ellipse2D.Double(-0.98, -0.55, 1.6, 1.1), tail);
    }

    static Shape flower() {
        int petals = 6;
        Shape[] circles = new Shape[petals + 1];
        for (int i = 0; i < petals; i++) {
            double angle = 2 * Math.PI * i / petals;
            circles[i] = circle(0.56 * Math.cos(angle), 0.56 * Math.sin(angle), 0.35);
        }
        circles[petals] = circle(0, 0, 0.5);
        return parts(circles);
    }

    static Shape star() {
        int points = 5;
        Path2D star = new Path2D.Double();
        star.moveTo(0, -1);
        for (int i = 1; i < points * 2; i++) {
            double angle = Math.PI * i / points;
            double radius = i % 2 == 0 ? 1 : 0.48;
            star.lineTo(Math.sin(angle) * radius, -Math.cos(angle) * radius);
        }
        star.closePath();
        return star;
    }

    static Shape leaf() {
        Path2D leaf = new Path2D.Double();
        leaf.moveTo(0, -1);
        leaf.curveTo(0.95, -0.45, 0.8, 0.5, 0, 0.85);
        leaf.curveTo(-0.8, 0.5, -0.95, -0.45, 0, -1);
        return leaf;
    }

    static Shape heart() {
        Path2D heart = new Path2D.Double();
        heart.moveTo(0, 0.9);
        heart.curveTo(-1.35, -0.2, -0.65, -1.15, 0, -0.4);
        heart.curveTo(0.65, -1.15, 1.35, -0.2, 0, 0.9);
        return heart;
    }

    /** Parts of one outline, which may overlap. */
    private static Shape parts(Shape... shapes) {
        Path2D parts = new Path2D.Double();
        for (Shape shape : shapes) {
            parts.append(shape, false);
        }
        return parts;
    }
}
