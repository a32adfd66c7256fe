package io.numclip.clip.lora;

import io.numclip.clip.safetensors.Safetensors;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.util.Map;

/** The factor of low-rank changes in the header of the file that holds them. */
public final class LoraScale {

    private static final String KEY = "lora.scale";

    private LoraScale() {}

    /** The header of a file that holds these changes. */
    public static Map<String, String> header(Lora lora) {
        return lora.hasRank() ? Map.of(KEY, Double.toString(lora.scale())) : Map.of();
    }

    /** The factor in a file; 0 if it holds no changes. */
    public static double of(Safetensors tensors) {
        String text = tensors.metadata().getOrDefault(KEY, "0");
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new NumClipException(
                    Kind.DATA,
                    tensors.file() + ": " + KEY + ": expected a number, found '" + text + "'",
                    "Restore the file, or train again.",
                    e);
        }
    }
}
