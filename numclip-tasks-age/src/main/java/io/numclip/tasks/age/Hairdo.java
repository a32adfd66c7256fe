package io.numclip.tasks.age;

import io.numclip.sample.SampleColors;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** Draws hair on a head. */
record Hairdo(Hair hair, HeadShape head) {

    /** What falls behind head and shoulders. */
    void drawBehind(Graphics2D graphics) {
        graphics.setColor(SampleColors.mix(hair.color(), Color.BLACK, 0.18));
        double width = head.halfWidth() + 4;
        switch (hair.style()) {
            case LONG -> graphics.fill(fall(width, head.chin() + 16));
            case BOB -> graphics.fill(fall(width + 1, head.chin() - 3));
            case BUN -> graphics.fill(new Ellipse2D.Double(-8, head.top() - 10, 16, 14));
            default -> {}
        }
    }

    private Path2D fall(double width, double end) {
        double full = width * (0.6 + 0.4 * hair.fullness());
        double bottom = head.eyeLine() + (end - head.eyeLine()) * hair.fullness();
        Path2D fall = new Path2D.Double();
        fall.moveTo(-full, bottom);
        fall.curveTo(-full - 3, head.eyeLine(), -full, head.top() - 5, 0, head.top() - 3);
        fall.curveTo(full, head.top() - 5, full + 3, head.eyeLine(), full, bottom);
        fall.quadTo(0, bottom + 3, -full, bottom);
        return fall;
    }

    /** What covers the top of the head. */
    void drawFront(Graphics2D graphics) {
        graphics.setColor(SampleColors.fade(hair.color(), 0.25 + 0.75 * hair.fullness()));
        graphics.fill(cap());
        if (hair.style() == Hair.Style.CURLY) {
            drawCurls(graphics);
        }
        if (hair.style() == Hair.Style.BRAIDS) {
            drawBraids(graphics);
        }
    }

    /** A hood over the head, with an opening for the face that grows to the crown as the hair line recedes. */
    private Area cap() {
        double side = head.halfWidth() + 1.5 * hair.fullness();
        double ear = head.eyeLine() + 2;
        double volume = 4.5 * hair.fullness() * (1 - 0.9 * hair.recession());
        Path2D hood = new Path2D.Double();
        hood.moveTo(-side, ear);
        hood.curveTo(-side - 2, head.top() * 0.5, -side * 0.75, head.top() - volume, 0, head.top() - volume);
        hood.curveTo(side * 0.75, head.top() - volume, side + 2, head.top() * 0.5, side, ear);
        hood.closePath();
        Area cap = new Area(hood);
        cap.subtract(new Area(opening(ear)));
        return cap;
    }

    private Path2D opening(double ear) {
        double width = head.halfWidth() - 2 + 1.5 * hair.recession();
        double forehead = head.eyeLine() - head.top();
        boolean fringe = hair.style() == Hair.Style.FRINGE;
        double low = (fringe ? 0.5 : 0.3) * (0.4 + 0.6 * hair.fullness());
        double line = head.top() + forehead * (low - (low + 0.3) * hair.recession());
        double temple = line + (fringe ? 0 : 2.5) - 6 * hair.recession() * (1 - hair.recession());
        Path2D opening = new Path2D.Double();
        opening.moveTo(-width, ear + 1);
        opening.quadTo(-width, temple, -width * 0.62, temple);
        opening.quadTo(hair.part() * width * 0.5, line, width * 0.62, temple);
        opening.quadTo(width, temple, width, ear + 1);
        opening.closePath();
        return opening;
    }

    /** A braid on each side, from the ear to the shoulder. */
    private void drawBraids(Graphics2D graphics) {
        int strands = 7;
        double radius = 3.4 * hair.fullness();
        for (int i = 0; i < strands; i++) {
            double y = head.eyeLine() + 3 + i * 1.5 * radius;
            double x = head.halfWidth() + 1 + (i % 2) * 0.8;
            graphics.setColor(SampleColors.mix(hair.color(), Color.BLACK, i % 2 == 0 ? 0 : 0.25));
            graphics.fill(new Ellipse2D.Double(x - radius, y - radius, radius * 2, radius * 2));
            graphics.fill(new Ellipse2D.Double(-x - radius, y - radius, radius * 2, radius * 2));
        }
    }

    /** Curls from below one ear to below the other; the first to go are those on top. */
    private void drawCurls(Graphics2D graphics) {
        int curls = 13;
        double radius = 5.2 * hair.fullness();
        for (int i = 0; i < curls; i++) {
            double angle = Math.PI * (i - 1) / (curls - 3.0);
            boolean onTop = Math.abs(Math.cos(angle)) < 0.75 * hair.recession();
            if (!onTop) {
                double x = Math.cos(angle) * (head.halfWidth() + 0.5);
                double y = head.eyeLine() - 2 + Math.sin(angle) * (head.top() - head.eyeLine() + 2);
                graphics.fill(new Ellipse2D.Double(x - radius, y - radius, radius * 2, radius * 2));
            }
        }
    }
}
