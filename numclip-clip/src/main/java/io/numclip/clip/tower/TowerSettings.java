package io.numclip.clip.tower;

import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipConfig.Pool;
import io.numclip.clip.directory.ClipConfig.Projection;
import io.numclip.clip.directory.ClipConfig.Rotary;
import io.numclip.clip.directory.ClipConfig.TowerConfig;
import java.util.stream.DoubleStream;

/** The numbers by which {@code kernel/kernel.py} knows a tower, in the order of its {@code read_settings}. */
final class TowerSettings {

    private static final Pool NO_POOL = new Pool(0, 0);
    private static final Rotary NO_ROTARY = new Rotary(0, 0);

    private TowerSettings() {}

    static double[] of(TowerConfig tower, Precision precision) {
        if (tower instanceof ClipConfig.Text text) {
            return numbers(
                    text, text.form().projection(), precision, text.form().causal(), new double[7]);
        }
        ClipConfig.Vision vision = (ClipConfig.Vision) tower;
        return numbers(vision, vision.form().projection(), precision, false, images(vision.form()));
    }

    /** Those of an image tower that gives such rows. */
    static double[] of(ClipConfig.Vision vision, Precision precision, FeatureLayout layout) {
        double[] usual = of(vision, precision);
        usual[usual.length - 1] = flag(layout.hasMore());
        DoubleStream tapped = layout.tapped().stream().mapToDouble(layer -> layer);
        return DoubleStream.concat(DoubleStream.of(usual), tapped).toArray();
    }

    private static double[] images(ClipConfig.ImageForm form) {
        Pool pool = form.pool() == null ? NO_POOL : form.pool();
        Rotary rotary = form.rotary() == null ? NO_ROTARY : form.rotary();
        return new double[] {
            flag(form.classToken()),
            flag(form.patchBias()),
            flag(form.preNorm()),
            pool.heads(),
            rotary.grid(),
            rotary.start(),
            flag(false)
        };
    }

    private static double[] numbers(
            TowerConfig tower, Projection projection, Precision precision, boolean causal, double[] images) {
        return new double[] {
            tower.layers(),
            tower.heads(),
            tower.layerNormEps(),
            tower.activation().code(),
            flag(projection != Projection.NONE),
            flag(projection == Projection.BIASED),
            precision.code(),
            flag(causal),
            images[0],
            images[1],
            images[2],
            images[3],
            images[4],
            images[5],
            images[6]
        };
    }

    private static double flag(boolean value) {
        return value ? 1 : 0;
    }
}
