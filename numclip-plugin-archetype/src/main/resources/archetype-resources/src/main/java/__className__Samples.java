package ${package};

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.sample.DrawnImage;
import io.numclip.data.LabeledImage;
import io.numclip.sample.SampleKey;
import io.numclip.sample.SampleLabels;
import io.numclip.sample.SampleRandom;
import io.numclip.sample.SampleWorld;
import io.numclip.data.Split;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;

/** A disc on a plain background. Its size is the label; place and colours vary and say nothing about it. */
final class ${className}Samples implements SampleWorld {

    /** The words of the recipe. */
    static final Bins CONCEPTS = new Bins(List.of(
            new Bin("a tiny disc", 0, 20, 10),
            new Bin("a small disc", 20, 40, 30),
            new Bin("a medium disc", 40, 60, 50),
            new Bin("a large disc", 60, 80, 70),
            new Bin("a huge disc", 80, 100, 90)));

    @Override
    public LabeledImage draw(Split split, int index, long seed) {
        SampleKey key = new SampleKey("${artifactId}-1", split, index, seed);
        int percent = SampleLabels.whole(key, CONCEPTS);
        DrawnImage image = new DrawnImage(key, () -> draw(percent, key.random("paint")));
        return new LabeledImage(key.name(), image, percent, Map.of());
    }

    private static BufferedImage draw(int percent, SampleRandom random) {
        return DrawnImage.canvas(graphics -> {
            double size = DrawnImage.SIZE * percent / 100.0;
            double room = DrawnImage.SIZE - size;
            fillGround(graphics, colour(random, 0.1, 0.35));
            graphics.setColor(colour(random, 0.6, 1));
            graphics.fill(new Ellipse2D.Double(random.between(0, room), random.between(0, room), size, size));
        });
    }

    private static void fillGround(Graphics2D graphics, Color colour) {
        graphics.setColor(colour);
        graphics.fillRect(0, 0, DrawnImage.SIZE, DrawnImage.SIZE);
    }

    private static Color colour(SampleRandom random, double darkest, double brightest) {
        float red = (float) random.between(darkest, brightest);
        float green = (float) random.between(darkest, brightest);
        float blue = (float) random.between(darkest, brightest);
        return new Color(red, green, blue);
    }
}
