package io.numclip.tasks.age;

import io.numclip.data.SampleRandom;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.List;
import java.util.Map;

/**
 * Hair: its style and colour do not depend on age, its gray, its hair line and how thick it grows do.
 *
 * @param word for the colour, as a caption says it
 * @param recession 0 for a full head of hair, 1 for none on top
 * @param fullness from 0 (a newborn's down) to 1
 * @param part where the hair line is lowest, from -1 (left) to 1 (right)
 */
record Hair(Style style, Color color, String word, double recession, double fullness, double part) {

    /** How it is worn. */
    enum Style {
        SHORT,
        FRINGE,
        CURLY,
        BOB,
        LONG,
        BUN
    }

    private static final Map<String, Color> COLORS = Map.of(
            "black", new Color(0x1E1A1A),
            "brown", new Color(0x553622),
            "chestnut", new Color(0x7B4A2B),
            "fair", new Color(0xD3AC62),
            "red", new Color(0xA8481F));

    private static final List<String> COLOR_WORDS = List.of("black", "brown", "chestnut", "fair", "red");
    private static final List<Style> WORN_BY_MEN = List.of(Style.SHORT, Style.SHORT, Style.FRINGE, Style.CURLY);
    private static final List<Style> WORN_BY_WOMEN =
            List.of(Style.FRINGE, Style.CURLY, Style.BOB, Style.LONG, Style.LONG, Style.BUN);

    static Hair of(Aging aging, boolean masculine, SampleRandom random) {
        String word = random.pick(COLOR_WORDS);
        Color silver = Colors.mix(new Color(0x8F9094), new Color(0xF1F0EC), aging.share(50, 85));
        Color color = Colors.mix(Colors.vary(COLORS.getOrDefault(word, Color.BLACK), random), silver, aging.gray());
        double tendency = masculine ? random.between(0, 1.3) : random.between(0, 0.25);
        return new Hair(
                random.pick(masculine ? WORN_BY_MEN : WORN_BY_WOMEN),
                color,
                grayWord(aging, word),
                Math.min(1, tendency * aging.share(22, 85)),
                0.12 + 0.88 * aging.share(0.3, 4),
                random.between(-1, 1));
    }

    private static String grayWord(Aging aging, String word) {
        if (aging.gray() < 0.5) {
            return word;
        }
        return aging.share(50, 85) < 0.65 ? "gray" : "white";
    }

    boolean isBald() {
        return recession > 0.85;
    }

    /** What falls behind head and shoulders. */
    void drawBehind(Graphics2D graphics, HeadShape head) {
        graphics.setColor(Colors.mix(color, Color.BLACK, 0.18));
        double width = head.halfWidth() + 4;
        switch (style) {
            case LONG -> graphics.fill(fall(head, width, head.chin() + 16));
            case BOB -> graphics.fill(fall(head, width + 1, head.chin() - 3));
            case BUN -> graphics.fill(new Ellipse2D.Double(-8, head.top() - 10, 16, 14));
            default -> {}
        }
    }

    private Path2D fall(HeadShape head, double width, double end) {
        double full = width * (0.6 + 0.4 * fullness);
        double bottom = head.eyeLine() + (end - head.eyeLine()) * fullness;
        Path2D fall = new Path2D.Double();
        fall.moveTo(-full, bottom);
        fall.curveTo(-full - 3, head.eyeLine(), -full, head.top() - 5, 0, head.top() - 3);
        fall.curveTo(full, head.top() - 5, full + 3, head.eyeLine(), full, bottom);
        fall.quadTo(0, bottom + 3, -full, bottom);
        return fall;
    }

    /** What covers the top of the head. */
    void drawFront(Graphics2D graphics, HeadShape head) {
        graphics.setColor(Colors.fade(color, 0.25 + 0.75 * fullness));
        graphics.fill(cap(head));
        if (style == Style.CURLY) {
            drawCurls(graphics, head);
        }
    }

    /** A hood over the head, with an opening for the face that grows to the crown as the hair line recedes. */
    private Area cap(HeadShape head) {
        double side = head.halfWidth() + 1.5 * fullness;
        double ear = head.eyeLine() + 2;
        double volume = 4.5 * fullness * (1 - 0.9 * recession);
        Path2D hood = new Path2D.Double();
        hood.moveTo(-side, ear);
        hood.curveTo(-side - 2, head.top() * 0.5, -side * 0.75, head.top() - volume, 0, head.top() - volume);
        hood.curveTo(side * 0.75, head.top() - volume, side + 2, head.top() * 0.5, side, ear);
        hood.closePath();
        Area cap = new Area(hood);
        cap.subtract(new Area(opening(head, ear)));
        return cap;
    }

    private Path2D opening(HeadShape head, double ear) {
        double width = head.halfWidth() - 2 + 1.5 * recession;
        double forehead = head.eyeLine() - head.top();
        double low = (style == Style.FRINGE ? 0.5 : 0.3) * (0.4 + 0.6 * fullness);
        double line = head.top() + forehead * (low - (low + 0.3) * recession);
        double temple = line + (style == Style.FRINGE ? 0 : 2.5) - 6 * recession * (1 - recession);
        Path2D opening = new Path2D.Double();
        opening.moveTo(-width, ear + 1);
        opening.quadTo(-width, temple, -width * 0.62, temple);
        opening.quadTo(part * width * 0.5, line, width * 0.62, temple);
        opening.quadTo(width, temple, width, ear + 1);
        opening.closePath();
        return opening;
    }

    private void drawCurls(Graphics2D graphics, HeadShape head) {
        int curls = 13;
        double radius = 5.2 * fullness;
        for (int i = 0; i < curls; i++) {
            double angle = Math.PI * (i - 1) / (curls - 3.0);
            boolean onTop = Math.abs(Math.cos(angle)) < 0.75 * recession;
            if (!onTop) {
                double x = Math.cos(angle) * (head.halfWidth() + 0.5);
                double y = head.eyeLine() - 2 + Math.sin(angle) * (head.top() - head.eyeLine() + 2);
                graphics.fill(new Ellipse2D.Double(x - radius, y - radius, radius * 2, radius * 2));
            }
        }
    }

    /** Brows are as gray as the hair, and a little darker. */
    void drawBrows(Graphics2D graphics, HeadShape head, Person person) {
        Aging aging = person.aging();
        double thickness = aging.grown(0.7, person.masculine() ? 2.4 : 1.6);
        graphics.setColor(Colors.fade(Colors.mix(color, Color.BLACK, 0.25), aging.grown(0.35, 0.95)));
        graphics.setStroke(new BasicStroke((float) thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        double y = head.eyeLine() - head.eyeRadius() - aging.grown(3.4, 2.2);
        for (int side = -1; side <= 1; side += 2) {
            Path2D brow = new Path2D.Double();
            brow.moveTo(side * (head.eyeGap() - head.eyeRadius()), y + 0.6);
            brow.quadTo(
                    side * head.eyeGap(), y - 1.6, side * (head.eyeGap() + head.eyeRadius() + 1), y + 1 + aging.wear());
            graphics.draw(brow);
        }
    }
}
