package io.numclip.tasks.age;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;

/**
 * Where the parts of a head lie: pixels, the origin in the middle of the head, y downwards. A newborn has a round head
 * with big eyes below its middle; a grown-up a long one with small eyes at half height.
 *
 * @param eyeGap from the middle to the middle of an eye
 * @param jaw half width at the jaw
 */
record HeadShape(
        double halfWidth,
        double top,
        double chin,
        double eyeLine,
        double eyeGap,
        double eyeRadius,
        double noseTip,
        double mouthLine,
        double mouthHalfWidth,
        double jaw) {

    static HeadShape of(Person person) {
        Aging aging = person.aging();
        double halfWidth = aging.grown(25, 20);
        double eyeLine = aging.grown(6.5, -1);
        double jawShare = aging.grown(0.95, person.masculine() ? 0.84 : 0.72) + 0.1 * aging.wear();
        return new HeadShape(
                halfWidth,
                aging.grown(-26, -27),
                aging.grown(22, 28),
                eyeLine,
                aging.grown(10.5, 8.8),
                aging.grown(5.4, 3.5),
                eyeLine + aging.grown(6, 11) + 2 * aging.wear(),
                eyeLine + aging.grown(11, 18.5) + aging.wear(),
                aging.grown(4.5, 7.5),
                halfWidth * jawShare);
    }

    Shape outline() {
        Path2D half = new Path2D.Double();
        half.moveTo(0, top);
        half.curveTo(halfWidth * 0.72, top, halfWidth * 1.03, top * 0.55, halfWidth, eyeLine);
        half.curveTo(halfWidth, eyeLine + 9, jaw, chin - 9, jaw * 0.52, chin - 2);
        half.quadTo(jaw * 0.3, chin, 0, chin);
        return mirrored(half);
    }

    /** The area of the jaw below the eyes, where a beard grows. */
    Shape lowerFace() {
        Path2D half = new Path2D.Double();
        half.moveTo(0, mouthLine - 4);
        half.lineTo(mouthHalfWidth + 2, mouthLine - 4);
        half.quadTo(halfWidth * 0.8, mouthLine - 2, halfWidth, eyeLine + 3);
        half.curveTo(halfWidth + 0.5, eyeLine + 10, jaw + 1, chin - 7, jaw * 0.52, chin);
        half.quadTo(jaw * 0.3, chin + 2.5, 0, chin + 2.5);
        return mirrored(half);
    }

    private static Shape mirrored(Path2D half) {
        Path2D whole = new Path2D.Double(half);
        whole.closePath();
        Path2D other = new Path2D.Double(half, AffineTransform.getScaleInstance(-1, 1));
        other.closePath();
        whole.append(other, false);
        return whole;
    }
}
