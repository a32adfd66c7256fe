package io.numclip.clip;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Arithmetic inside the towers; inputs, outputs and weights are always float32. {@code auto} is bfloat16 where the
 * device multiplies it faster than float32, float32 elsewhere. float16 is for features and predictions on GPUs without
 * bfloat16; its range is too small for gradients.
 *
 * <p>{@code int8} is for image towers that are frozen, on a CPU: weights are rounded for each output of a layer, and what goes
 * into a layer for each image alone. So an image's features do not depend on the others of its batch, and products
 * are the same bits with all instructions. Norms, attention, the patch embedding, the projection and texts stay in float32.
 */
public enum Precision {
    AUTO,
    FP32,
    BF16,
    FP16,
    INT8;

    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
    private static final int FIRST_CAPABILITY_WITH_BF16 = 80; // Ampere

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** This one, unless it is {@code auto}. */
    public Precision orElse(Precision other) {
        return this == AUTO ? other : this;
    }

    /** What text towers compute in, where this is the precision of image towers. */
    public Precision ofTexts() {
        return this == INT8 ? FP32 : this;
    }

    /**
     * Resolves {@code auto} for a device; the others stay as they are.
     *
     * @throws NumClipException for {@code int8} on a GPU
     */
    public Precision on(Device device) {
        if (this == INT8 && device.isGpu()) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "precision: int8 is for CPUs; found the device " + device,
                    "Take the device cpu, or another precision.");
        }
        if (this != AUTO) {
            return this;
        }
        boolean bf16 = device.isGpu()
                ? multipliesBf16(Integer.parseInt(CudaUtils.getComputeCapability(device.getDeviceId())))
                : multipliesBf16(processor());
        return bf16 ? BF16 : FP32;
    }

    /** The kernel's number for the type: 0 float32, 1 bfloat16, 2 float16, 3 int8. */
    public int code() {
        return switch (this) {
            case AUTO -> throw new IllegalStateException("auto depends on the device");
            case FP32 -> 0;
            case BF16 -> 1;
            case FP16 -> 2;
            case INT8 -> 3;
        };
    }

    /** @param capability of a GPU, as CUDA gives it: 75 for 7.5 */
    static boolean multipliesBf16(int capability) {
        return capability >= FIRST_CAPABILITY_WITH_BF16;
    }

    /**
     * Whether bfloat16 is faster than float32 there. Intel's processors with AVX512_BF16 alone multiply it more slowly.
     *
     * @param processor content of {@code /proc/cpuinfo}
     */
    static boolean multipliesBf16(String processor) {
        return processor.contains(" amx_bf16")
                || (processor.contains(" avx512_bf16") && processor.contains("AuthenticAMD"));
    }

    private static String processor() {
        try {
            return Files.readString(PROCESSOR, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // not Linux
        }
    }
}
