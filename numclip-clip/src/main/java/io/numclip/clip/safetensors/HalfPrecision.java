package io.numclip.clip.safetensors;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.stream.IntStream;

/** Converts 16-bit floats to float32; exact for every value. */
final class HalfPrecision {

    private static final int CHUNK = 1 << 18;

    private interface Widening {
        float widen(short bits);
    }

    private HalfPrecision() {}

    static void widenFloat16(ByteBuffer halves, ByteBuffer floats) {
        widen(halves, floats, HalfPrecision::float16);
    }

    static void widenBfloat16(ByteBuffer halves, ByteBuffer floats) {
        widen(halves, floats, HalfPrecision::bfloat16);
    }

    /**
     * IEEE binary16: the exponent is biased by 15 instead of 127, hence the factor of 2^112; it lifts subnormals too.
     */
    static float float16(short bits) {
        int magnitude = (bits & 0x7fff) << 13;
        int sign = (bits & 0x8000) << 16;
        if (magnitude >= 0x7c00 << 13) { // infinity and NaN keep the highest exponent
            return Float.intBitsToFloat(sign | 0x7f800000 | magnitude);
        }
        return Float.intBitsToFloat(sign | Float.floatToRawIntBits(Float.intBitsToFloat(magnitude) * 0x1p112f));
    }

    /** The upper half of a float32. */
    static float bfloat16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    private static void widen(ByteBuffer halves, ByteBuffer floats, Widening widening) {
        ShortBuffer from = halves.asShortBuffer();
        FloatBuffer to = floats.asFloatBuffer();
        int count = from.limit();
        IntStream.range(0, (count + CHUNK - 1) / CHUNK).parallel().forEach(chunk -> {
            int end = Math.min(count, (chunk + 1) * CHUNK);
            for (int i = chunk * CHUNK; i < end; i++) {
                to.put(i, widening.widen(from.get(i)));
            }
        });
    }
}
