package io.numclip.tasks.age;

import io.numclip.sample.SampleColors;
import io.numclip.sample.SampleRandom;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;

/** What marks the skin: a child's red cheeks, freckles, a teenager's blemishes, the spots of great age. */
record Complexion(Person person, HeadShape head) {

    private static final Color BLEMISH = new Color(0xC23B3B);
    private static final Color AGE_SPOT = new Color(0x6B4226);

    void draw(Graphics2D graphics, SampleRandom random) {
        Aging aging = person.aging();
        drawCheeks(graphics, 0.75 * (1 - aging.share(0, 17)));
        scatter(
                graphics,
                SampleColors.fade(person.skin().line(), 0.45),
                (int) (14 * person.skin().freckles()),
                0.7,
                random);
        double puberty = aging.share(11, 14) * (1 - aging.share(18, 24));
        scatter(graphics, SampleColors.fade(BLEMISH, 0.65), (int) (puberty * random.between(1, 8)), 1, random);
        scatter(
                graphics,
                SampleColors.fade(AGE_SPOT, 0.4),
                (int) (aging.share(50, 95) * random.between(5, 12)),
                1.6,
                random);
    }

    private void drawCheeks(Graphics2D graphics, double opacity) {
        graphics.setColor(SampleColors.fade(person.skin().blush(), opacity));
        double y = (head.eyeLine() + head.mouthLine()) / 2 + 1.5;
        for (int side = -1; side <= 1; side += 2) {
            graphics.fill(new Ellipse2D.Double(side * (head.eyeGap() + 3) - 4.5, y - 3, 9, 7));
        }
    }

    private void scatter(Graphics2D graphics, Color color, int count, double radius, SampleRandom random) {
        graphics.setColor(color);
        for (int i = 0; i < count; i++) {
            double x = random.between(-0.75, 0.75) * head.halfWidth();
            double y = random.between(head.top() * 0.5, head.chin() * 0.7);
            double size = radius * random.between(0.7, 1.3);
            graphics.fill(new Ellipse2D.Double(x - size, y - size, size * 2, size * 2));
        }
    }
}
