package io.numclip.runner.doctor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.directory.ShippedModel;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.clip.tower.ClipBackbone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Tests both towers of the embedded CLIP in float32 on the processor: how alike a pattern and a sentence are. */
final class SelfTestCheck {

    private static final String ABOUT = "self-test";
    static final double STORED = 0.477589; // as transformers 5.24 computes it too
    private static final double TOLERANCE = 1e-4;
    private static final String SENTENCE = "a photo of three red apples.";

    private SelfTestCheck() {}

    static CheckResult result() throws IOException {
        return judge(cosine(ModelSource.parse(ShippedModel.EMBEDDED).directory()));
    }

    static CheckResult judge(double cosine) {
        String found = String.format(
                Locale.ROOT,
                "The embedded CLIP gives %.6f for a pattern and a sentence; stored is %.6f.",
                cosine,
                STORED);
        return Math.abs(cosine - STORED) <= TOLERANCE // false for NaN
                ? CheckResult.ok(ABOUT, found)
                : CheckResult.problem(
                        ABOUT,
                        found + " This machine or this libtorch computes other numbers.",
                        "Remove the folder of 'native code' so that libtorch is unpacked anew; if the figure stays,"
                                + " report it with this output");
    }

    static double cosine(Path clip) throws IOException {
        try (ClipTokenizer words = ClipTokenizer.load(clip);
                ClipBackbone backbone = ClipBackbone.load(clip, Device.cpu(), Precision.FP32);
                NDManager scope = backbone.manager().newSubManager()) {
            NDArray image =
                    backbone.imageTower().encode(pattern(scope, ClipDirectory.preprocessor(clip)), false); // (1, D)
            long[] ids = words.encode(SENTENCE);
            NDArray tokens = scope.create(ids, new Shape(1, ids.length)); // (1, L)
            NDArray end = scope.create(new long[] {words.pooledPosition(ids)}); // (1)
            NDArray text = backbone.textTower().encodeTokens(tokens, end, false); // (1, D)
            return image.normalize().mul(text.normalize()).sum().getFloat();
        }
    }

    /** Waves of another length in each colour, (1, 3, H, W). */
    private static NDArray pattern(NDManager scope, ClipPreprocessor preprocessor) {
        int side = preprocessor.height() * preprocessor.width();
        float[] pixels = new float[3 * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) Math.sin(i % side * 0.01 * (1 + i / side));
        }
        return scope.create(pixels, new Shape(1, 3, preprocessor.height(), preprocessor.width()));
    }
}
