package io.numclip.tasks.counting;

import io.numclip.sample.DrawnImage;
import io.numclip.sample.SampleColors;
import io.numclip.sample.SampleRandom;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A background with things on it.
 *
 * @param things the lowest first
 * @param light from -1 (from the left) to 1 (from the right)
 */
record Scene(Backdrop backdrop, List<Thing> things, double light) {

    /** Things are of one kind or of up to three, of one colour or of many. */
    static Scene with(int count, SampleRandom random) {
        return with(count, Kind.SEEN, Backdrop.SEEN, random);
    }

    /** A scene of which neither things nor backdrop are in the scenes of {@link #with}. */
    static Scene unseen(int count, SampleRandom random) {
        return with(count, Kind.UNSEEN, Backdrop.UNSEEN, random);
    }

    private static Scene with(int count, List<Kind> choices, List<Backdrop> backdrops, SampleRandom random) {
        Backdrop backdrop = random.pick(backdrops);
        List<Hue> hues = Stream.of(Hue.values())
                .filter(hue -> hue.standsOutFrom(backdrop.color()))
                .toList();
        List<Hue> palette = random.chance(0.5) ? List.of(random.pick(hues)) : hues;
        Kind main = random.pick(choices);
        List<Kind> kinds =
                random.chance(0.6) ? List.of(main) : List.of(main, random.pick(choices), random.pick(choices));
        List<Thing> things = new ArrayList<>();
        for (Spot spot : Layout.of(count, random)) {
            Hue hue = random.pick(palette);
            Color color = SampleColors.vary(hue.color(), random);
            things.add(new Thing(random.pick(kinds), hue, color, spot, random.between(-0.6, 0.6)));
        }
        return new Scene(backdrop, List.copyOf(things), random.between(-1, 1));
    }

    /** @param random the same state gives the same picture */
    BufferedImage draw(SampleRandom random) {
        return DrawnImage.canvas(graphics -> draw(graphics, random));
    }

    private void draw(Graphics2D graphics, SampleRandom random) {
        backdrop.draw(graphics, random);
        for (Thing thing : things) {
            if (backdrop != Backdrop.SKY) {
                thing.drawShadow(graphics, -0.25 * light);
            }
            thing.draw(graphics);
        }
        drawLight(graphics);
    }

    private void drawLight(Graphics2D graphics) {
        float size = DrawnImage.SIZE;
        Color dark = SampleColors.fade(Color.BLACK, 0.35 * Math.abs(light));
        Color clear = SampleColors.fade(Color.BLACK, 0);
        graphics.setPaint(
                new GradientPaint(0, 0, light > 0 ? dark : clear, size, size * 0.4f, light > 0 ? clear : dark));
        graphics.fill(new Rectangle2D.Double(0, 0, size, size));
    }
}
