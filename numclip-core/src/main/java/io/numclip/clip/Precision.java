package io.numclip.clip;

import ai.djl.Device;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Arithmetic inside the towers; inputs, outputs and weights are float32 in every case. {@code auto} is bfloat16 where the
 * device multiplies it in hardware, float32 elsewhere.
 */
public enum Precision {
    AUTO,
    FP32,
    BF16;

    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the towers multiply in bfloat16 on a device: {@code auto} does on a GPU, and on a CPU that says it can. */
    boolean isBf16On(Device device) {
        return switch (this) {
            case FP32 -> false;
            case BF16 -> true;
            case AUTO -> device.isGpu() || multipliesBf16(processor());
        };
    }

    static boolean multipliesBf16(String processor) {
        return processor.contains(" avx512_bf16") || processor.contains(" amx_bf16");
    }

    private static String processor() {
        try {
            return Files.readString(PROCESSOR, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // not Linux
        }
    }
}
