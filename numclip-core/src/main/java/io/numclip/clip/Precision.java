package io.numclip.clip;

import java.util.Locale;

/**
 * Arithmetic inside the towers; inputs, outputs and weights are float32 in every case. {@code auto} is bfloat16 where the
 * device multiplies it in hardware, float32 elsewhere.
 */
public enum Precision {
    AUTO,
    FP32,
    BF16;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
