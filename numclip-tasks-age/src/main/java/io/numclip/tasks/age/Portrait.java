package io.numclip.tasks.age;

import io.numclip.sample.DrawnImage;
import io.numclip.sample.SampleColors;
import io.numclip.sample.SampleRandom;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws a person, from the background to the glasses. */
record Portrait(Person person) {

    private static final List<Color> IRISES = List.of(
            new Color(0x5B3A21), new Color(0x3E2616), new Color(0x3F6E9A), new Color(0x5E7F4B), new Color(0x6D7C86));

    /** @param random the same state gives the same picture */
    BufferedImage draw(SampleRandom random) {
        return DrawnImage.canvas(graphics -> draw(graphics, random));
    }

    private void draw(Graphics2D graphics, SampleRandom random) {
        HeadShape head = HeadShape.of(person);
        Hairdo hairdo = new Hairdo(person.hair(), head);
        person.setting().drawBackdrop(graphics);
        graphics.transform(person.setting().pose());
        hairdo.drawBehind(graphics);
        new Body(person, head).draw(graphics);
        drawHead(graphics, head);
        new Complexion(person, head).draw(graphics, random);
        new Wrinkles(person, head).draw(graphics);
        drawBeard(graphics, head);
        new Face(person, head, random.pick(IRISES)).draw(graphics);
        hairdo.drawFront(graphics);
        drawLight(graphics, head);
        drawGlasses(graphics, head);
    }

    private void drawHead(Graphics2D graphics, HeadShape head) {
        double ear = 3.6 + 1.4 * person.aging().wear();
        graphics.setColor(person.skin().shadow());
        for (int side = -1; side <= 1; side += 2) {
            double x = side * (head.halfWidth() + 0.5);
            graphics.fill(new Ellipse2D.Double(x - 3, head.eyeLine() + 3 - ear, 6, ear * 2.2));
        }
        graphics.setColor(person.skin().base());
        graphics.fill(head.outline());
    }

    private void drawBeard(Graphics2D graphics, HeadShape head) {
        if (!person.isBearded()) {
            return;
        }
        graphics.setColor(SampleColors.fade(person.hair().color(), 0.25 + 0.75 * person.beard()));
        graphics.fill(head.lowerFace());
    }

    private void drawLight(Graphics2D graphics, HeadShape head) {
        float edge = (float) head.halfWidth() + 4;
        float dark = (float) Math.copySign(edge, -person.setting().light());
        double strength = 0.3 * Math.abs(person.setting().light());
        graphics.setPaint(new GradientPaint(
                dark, 0, SampleColors.fade(Color.BLACK, strength), -dark * 0.3f, 0, SampleColors.fade(Color.BLACK, 0)));
        graphics.fill(head.outline());
    }

    private void drawGlasses(Graphics2D graphics, HeadShape head) {
        if (!person.glasses()) {
            return;
        }
        double radius = head.eyeRadius() + 2.4;
        graphics.setColor(new Color(0x2B2B33));
        graphics.setStroke(new BasicStroke(1.3f));
        for (int side = -1; side <= 1; side += 2) {
            double x = side * head.eyeGap();
            graphics.draw(new Ellipse2D.Double(x - radius, head.eyeLine() - radius, radius * 2, radius * 2));
            graphics.draw(new Line2D.Double(
                    x + side * radius, head.eyeLine(), side * head.halfWidth(), head.eyeLine() - 1.5));
        }
        double bridge = head.eyeGap() - radius;
        graphics.draw(new Line2D.Double(-bridge, head.eyeLine() - 1, bridge, head.eyeLine() - 1));
    }
}
