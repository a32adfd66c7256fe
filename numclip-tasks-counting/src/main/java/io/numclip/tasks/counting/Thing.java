package io.numclip.tasks.counting;

import io.numclip.sample.SampleColors;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;

/** One thing of a scene. */
record Thing(Kind kind, Hue hue, Color color, Spot spot, double angle) {

    void draw(Graphics2D graphics) {
        AffineTransform before = graphics.getTransform();
        graphics.translate(spot.x(), spot.y());
        graphics.scale(spot.radius(), spot.radius());
        graphics.rotate(angle);
        kind.draw(graphics, color);
        graphics.setTransform(before);
    }

    /** @param offset of the shadow, in radii of the thing */
    void drawShadow(Graphics2D graphics, double offset) {
        AffineTransform before = graphics.getTransform();
        graphics.translate(spot.x() + offset * spot.radius(), spot.y() + 0.2 * spot.radius());
        graphics.scale(spot.radius(), spot.radius());
        graphics.rotate(angle);
        graphics.setColor(SampleColors.fade(Color.BLACK, 0.28));
        graphics.fill(kind.outline());
        graphics.setTransform(before);
    }
}
