package org.example.filllevel;

import io.numclip.sample.DrawnImage;
import io.numclip.sample.SampleRandom;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;

/**
 * A glass on a table, in pixels.
 *
 * @param bottomWidth width at the bottom; a tumbler's is that of its top, a beaker's is smaller
 */
record Glass(
        double centre, double top, double bottom, double topWidth, double bottomWidth, Color drink, Color wall, Color table) {

    private static final int SIZE = DrawnImage.SIZE;
    private static final Color GLASS = new Color(225, 235, 240);
    private static final Color SHINE = new Color(255, 255, 255, 90);

    /** A random glass. */
    static Glass with(SampleRandom random) {
        double topWidth = random.between(0.3, 0.55) * SIZE;
        return new Glass(
                random.between(0.4, 0.6) * SIZE,
                random.between(0.08, 0.25) * SIZE,
                random.between(0.78, 0.92) * SIZE,
                topWidth,
                topWidth * random.between(0.6, 1),
                Color.getHSBColor((float) random.between(0, 1), (float) random.between(0.6, 1), 0.85f),
                Color.getHSBColor((float) random.between(0, 1), 0.15f, (float) random.between(0.75, 1)),
                Color.getHSBColor(0.08f, 0.5f, (float) random.between(0.3, 0.6)));
    }

    /** @param percent height of the drink, 0 to 100 */
    BufferedImage draw(int percent) {
        return DrawnImage.canvas(graphics -> {
            room(graphics);
            graphics.setColor(drink);
            graphics.fill(part(bottom - (bottom - top) * percent / 100));
            graphics.setColor(SHINE);
            graphics.fill(shine());
            graphics.setColor(GLASS);
            graphics.setStroke(new BasicStroke(2.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            graphics.draw(outline());
        });
    }

    private void room(Graphics2D graphics) {
        graphics.setPaint(new GradientPaint(0, 0, wall, 0, SIZE, wall.darker()));
        graphics.fillRect(0, 0, SIZE, SIZE);
        int edge = (int) bottom - 6;
        graphics.setPaint(new GradientPaint(0, edge, table, 0, SIZE, table.darker()));
        graphics.fillRect(0, edge, SIZE, SIZE - edge);
    }

    /** The inside of the glass from a height down to the bottom. */
    private Shape part(double from) {
        Path2D shape = new Path2D.Double();
        shape.moveTo(centre - half(from), from);
        shape.lineTo(centre - half(bottom), bottom);
        shape.lineTo(centre + half(bottom), bottom);
        shape.lineTo(centre + half(from), from);
        shape.closePath();
        return shape;
    }

    /** Open at the top. */
    private Shape outline() {
        Path2D line = new Path2D.Double();
        line.moveTo(centre - half(top), top);
        line.lineTo(centre - half(bottom), bottom);
        line.lineTo(centre + half(bottom), bottom);
        line.lineTo(centre + half(top), top);
        return line;
    }

    private Shape shine() {
        Path2D stripe = new Path2D.Double();
        stripe.moveTo(centre - 0.75 * half(top), top + 4);
        stripe.lineTo(centre - 0.75 * half(bottom), bottom - 4);
        stripe.lineTo(centre - 0.5 * half(bottom), bottom - 4);
        stripe.lineTo(centre - 0.5 * half(top), top + 4);
        stripe.closePath();
        return stripe;
    }

    private double half(double height) {
        double share = (height - top) / (bottom - top);
        return (topWidth + (bottomWidth - topWidth) * share) / 2;
    }
}
