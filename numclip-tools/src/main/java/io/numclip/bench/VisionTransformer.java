package io.numclip.bench;

import ai.djl.Device;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipConfig.Activation;
import io.numclip.clip.tower.ClipBackbone;

/** The two usual CLIPs with random weights. If one tower is measured, the other is minimal. */
public enum VisionTransformer {
    B_32(32),
    B_16(16);

    static final int IMAGE_SIZE = 224;
    static final int CONTEXT_LENGTH = 77;
    static final int VOCABULARY = 49_408;

    private static final int EMBED_DIM = 512;
    private static final double LOGIT_SCALE = Math.log(1 / 0.07);
    private static final double EPSILON = 1e-5;

    private final int patchSize;

    VisionTransformer(int patchSize) {
        this.patchSize = patchSize;
    }

    ClipBackbone imageTower(Precision precision) {
        ClipConfig.Text small = new ClipConfig.Text(64, 8, 64, 64, 1, 1, Activation.QUICK_GELU, EPSILON, 63);
        return random(small, vision(768, 12), precision);
    }

    /** The text tower is the same for both. */
    ClipBackbone textTower(Precision precision) {
        ClipConfig.Text text = new ClipConfig.Text(
                VOCABULARY, CONTEXT_LENGTH, 512, 2048, 12, 8, Activation.QUICK_GELU, EPSILON, VOCABULARY - 1);
        return random(text, vision(64, 1), precision);
    }

    private ClipConfig.Vision vision(int width, int layers) {
        return new ClipConfig.Vision(
                IMAGE_SIZE, patchSize, width, 4 * width, layers, width / 64, Activation.QUICK_GELU, EPSILON);
    }

    private static ClipBackbone random(ClipConfig.Text text, ClipConfig.Vision vision, Precision precision) {
        return ClipBackbone.random(new ClipConfig(text, vision, EMBED_DIM, LOGIT_SCALE), 1, Device.cpu(), precision);
    }
}
