package io.numclip.tasks.age;

import io.numclip.sample.SampleColors;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** Eyes, brows, nose and mouth. */
record Face(Person person, HeadShape head, Color iris) {

    private static final Color LASHES = new Color(0x2A1B16);
    private static final Color TEETH = new Color(0xFAF6EE);

    void draw(Graphics2D graphics) {
        drawEye(graphics, -head.eyeGap());
        drawEye(graphics, head.eyeGap());
        drawBrows(graphics);
        drawNose(graphics);
        drawMouth(graphics);
    }

    /** Eyes narrow with the years. */
    private void drawEye(Graphics2D graphics, double x) {
        Aging aging = person.aging();
        double width = head.eyeRadius() * aging.grown(0.95, 1.25);
        double height = head.eyeRadius() * (aging.grown(0.95, 0.8) - 0.3 * aging.wear());
        Ellipse2D white = ellipse(x, head.eyeLine(), width, height);
        graphics.setColor(TEETH);
        graphics.fill(white);
        double radius = head.eyeRadius() * aging.grown(0.76, 0.66);
        graphics.clip(white);
        graphics.setColor(iris);
        graphics.fill(ellipse(x, head.eyeLine(), radius, radius));
        graphics.setColor(Color.BLACK);
        graphics.fill(ellipse(x, head.eyeLine(), radius * 0.5, radius * 0.5));
        graphics.setColor(Color.WHITE);
        graphics.fill(ellipse(x - radius * 0.35, head.eyeLine() - radius * 0.4, radius * 0.27, radius * 0.27));
        graphics.setClip(null);
        graphics.setColor(LASHES);
        graphics.setStroke(stroke(1.1));
        graphics.draw(new Arc2D.Double(white.getBounds2D(), 5, 170, Arc2D.OPEN));
    }

    /** Brows are as gray as the hair, and a little darker. */
    private void drawBrows(Graphics2D graphics) {
        Aging aging = person.aging();
        double thickness = aging.grown(0.7, person.masculine() ? 2.4 : 1.6);
        graphics.setColor(
                SampleColors.fade(SampleColors.mix(person.hair().color(), Color.BLACK, 0.25), aging.grown(0.35, 0.95)));
        graphics.setStroke(stroke(thickness));
        double y = head.eyeLine() - head.eyeRadius() - aging.grown(3.4, 2.2);
        for (int side = -1; side <= 1; side += 2) {
            Path2D brow = new Path2D.Double();
            brow.moveTo(side * (head.eyeGap() - head.eyeRadius()), y + 0.6);
            brow.quadTo(
                    side * head.eyeGap(), y - 1.6, side * (head.eyeGap() + head.eyeRadius() + 1), y + 1 + aging.wear());
            graphics.draw(brow);
        }
    }

    /** A button at first; later a ridge, which goes on growing. */
    private void drawNose(Graphics2D graphics) {
        Aging aging = person.aging();
        double width = aging.grown(2, 3.3) + aging.wear();
        double tip = head.noseTip();
        graphics.setColor(SampleColors.fade(person.skin().line(), 0.75));
        graphics.setStroke(stroke(1.1));
        graphics.draw(new Arc2D.Double(-width, tip - 2.6, width * 2, 3.6, 190, 160, Arc2D.OPEN));
        graphics.setColor(SampleColors.fade(person.skin().line(), aging.grown(-0.2, 0.5)));
        Path2D ridge = new Path2D.Double();
        ridge.moveTo(person.setting().light() * -1.6, head.eyeLine() + 1);
        ridge.lineTo(person.setting().light() * -width, tip - 1.5);
        graphics.draw(ridge);
    }

    private void drawMouth(Graphics2D graphics) {
        Aging aging = person.aging();
        double width = head.mouthHalfWidth() * (0.9 + 0.15 * person.smile());
        double bend = 3.6 * person.smile() - aging.wear();
        double fullness = aging.grown(1.5, 2.2) * (1 - 0.6 * aging.wear());
        graphics.setColor(person.skin().lips());
        graphics.fill(lips(width, bend, -fullness, fullness + 0.6));
        boolean laughing = person.smile() > 0.7;
        if (laughing) {
            graphics.setColor(aging.years() > 1 ? TEETH : LASHES);
            graphics.fill(lips(width * 0.82, bend, bend * 0.1, bend * 0.5));
        }
        graphics.setColor(SampleColors.fade(LASHES, 0.7));
        graphics.setStroke(stroke(0.9));
        graphics.draw(lips(width, bend, 0, 0));
    }

    /** The area between an upper and a lower curve; offsets are of their middles. */
    private Path2D lips(double width, double bend, double upper, double lower) {
        double y = head.mouthLine() - bend * 0.3;
        Path2D lips = new Path2D.Double();
        lips.moveTo(-width, y);
        lips.quadTo(0, y + bend * 1.3 + upper * 1.6, width, y);
        lips.quadTo(0, y + bend * 1.3 + lower * 1.6, -width, y);
        return lips;
    }

    private static Ellipse2D ellipse(double x, double y, double halfWidth, double halfHeight) {
        return new Ellipse2D.Double(x - halfWidth, y - halfHeight, halfWidth * 2, halfHeight * 2);
    }

    private static BasicStroke stroke(double width) {
        return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }
}
