package io.numclip.tasks.age;

import io.numclip.sample.SampleColors;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;

/** Lines of the skin: each kind begins at an age of its own and deepens with the years. */
record Wrinkles(Person person, HeadShape head) {

    void draw(Graphics2D graphics) {
        graphics.setStroke(new BasicStroke(1.15f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        drawForehead(graphics);
        for (int side = -1; side <= 1; side += 2) {
            drawBag(graphics, side);
            drawCrowsFeet(graphics, side);
            drawFolds(graphics, side);
        }
    }

    private void drawForehead(Graphics2D graphics) {
        double space = (head.eyeLine() - head.top()) * 0.13;
        double start = head.eyeLine() - head.eyeRadius() - 5.5;
        double[] begins = {30, 44, 58};
        for (int i = 0; i < begins.length; i++) {
            double width = head.halfWidth() * (0.58 - 0.08 * i);
            double y = start - i * space;
            line(graphics, begins[i], -width, y, 0, y - 1.8, width, y);
        }
    }

    private void drawBag(Graphics2D graphics, int side) {
        double x = side * head.eyeGap();
        double y = head.eyeLine() + head.eyeRadius() * 0.9;
        double radius = head.eyeRadius() * 1.1;
        line(graphics, 25, x - radius, y, x, y + 3.4, x + radius, y);
        line(graphics, 60, x - radius, y + 2, x, y + 6, x + radius, y + 2);
    }

    private void drawCrowsFeet(Graphics2D graphics, int side) {
        double x = side * (head.eyeGap() + head.eyeRadius() * 1.5);
        for (int i = -1; i <= 1; i++) {
            double end = x + side * 3.6;
            double y = head.eyeLine() + i * 1.2;
            line(graphics, 36 + 7 * (i + 1), x, y, (x + end) / 2, y, end, y + i * 2.2);
        }
    }

    /** Draws the folds from the nose to the corners of the mouth, and from there to the chin. */
    private void drawFolds(Graphics2D graphics, int side) {
        double nose = head.noseTip() - 2;
        double corner = side * (head.mouthHalfWidth() + 2);
        double middle = (nose + head.mouthLine()) / 2;
        line(graphics, 26, side * 4.5, nose, side * 8, middle, corner + side * 0.8, head.mouthLine() + 1);
        line(graphics, 52, corner, head.mouthLine() + 2, corner + side, head.mouthLine() + 4, corner, head.chin() - 3);
        double cheek = side * head.halfWidth() * 0.78;
        line(graphics, 64, cheek, head.eyeLine() + 8, cheek - side * 1.5, middle, cheek - side * 2.5, head.mouthLine());
    }

    private void line(
            Graphics2D graphics, double begin, double x1, double y1, double bendX, double bendY, double x2, double y2) {
        double depth = person.aging().share(begin, begin + 34);
        if (depth == 0) {
            return;
        }
        graphics.setColor(SampleColors.fade(person.skin().line(), 0.12 + 0.73 * depth));
        Path2D line = new Path2D.Double();
        line.moveTo(x1, y1);
        line.quadTo(bendX, bendY, x2, y2);
        graphics.draw(line);
    }
}
