package io.numclip.tasks.age;

import io.numclip.sample.SampleColors;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** Neck, shoulders and clothes: narrow and close to the head in a child, broad in a grown-up, bent with great age. */
record Body(Person person, HeadShape head) {

    void draw(Graphics2D graphics) {
        Aging aging = person.aging();
        double neck = aging.grown(8, person.masculine() ? 11.5 : 8.5) - 1.5 * aging.wear();
        double collar = head.chin() + aging.grown(1, 9) - 5 * aging.share(60, 100);
        graphics.setColor(person.skin().shadow());
        graphics.fill(new Rectangle2D.Double(-neck, head.chin() - 8, neck * 2, collar - head.chin() + 14));
        graphics.setColor(person.setting().clothes());
        graphics.fill(shoulders(collar));
        graphics.setColor(person.skin().shadow());
        graphics.fill(new Ellipse2D.Double(-neck, collar - 4, neck * 2, 8));
        graphics.setColor(SampleColors.fade(Color.BLACK, 0.12));
        graphics.draw(new Ellipse2D.Double(-neck - 0.5, collar - 4, neck * 2 + 1, 8.5));
    }

    private Path2D shoulders(double collar) {
        Aging aging = person.aging();
        double width = aging.grown(21, person.masculine() ? 41 : 35) - 4 * aging.share(60, 100);
        double slope = aging.grown(7, 6) + 4 * aging.wear();
        Path2D shoulders = new Path2D.Double();
        shoulders.moveTo(-width - 2, 70);
        shoulders.curveTo(-width, collar + slope, -width * 0.8, collar + slope * 0.6, -9, collar - 1);
        shoulders.lineTo(9, collar - 1);
        shoulders.curveTo(width * 0.8, collar + slope * 0.6, width, collar + slope, width + 2, 70);
        shoulders.closePath();
        return shoulders;
    }
}
