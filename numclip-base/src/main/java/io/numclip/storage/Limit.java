package io.numclip.storage;

import io.numclip.data.Invocation;
import io.numclip.data.NearestName;
import io.numclip.data.NumClipException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a reader accepts at most of something that nobody vouches for. Each limit can be set for the whole process with the
 * system property {@code numclip.limit.NAME}, to any number from 1 on.
 */
public enum Limit {
    IMAGE_BYTES("image.bytes", 32L << 20, "bytes of an image file"),
    IMAGE_PIXELS("image.pixels", 50_000_000, "pixels of an image; each takes 3 bytes or more while it is read"),
    IMAGE_SIDE("image.side", 30_000, "pixels along a side of an image"),
    WEIGHTS_HEADER_BYTES("weights.headerBytes", 25_000_000, "bytes of the header of model.safetensors"),
    WEIGHTS_TENSORS("weights.tensors", 100_000, "tensors in model.safetensors"),
    WEIGHTS_INDEX_BYTES("weights.indexBytes", 16L << 20, "bytes of model.safetensors.index.json"),
    MODEL_JSON_BYTES("model.jsonBytes", 1_000_000, "bytes of config.json and preprocessor_config.json"),
    TOKENIZER_BYTES("tokenizer.bytes", 80L << 20, "bytes of tokenizer.json, vocab.json and merges.txt"),
    JSON_DEPTH("json.depth", 64, "levels of a JSON file"),
    YAML_BYTES("yaml.bytes", 1_000_000, "bytes of a configuration file"),
    YAML_DEPTH("yaml.depth", 50, "levels of a configuration file"),
    LIST_FIELD_BYTES("list.fieldBytes", 64L << 10, "characters of a field of a CSV list"),
    SIDECAR_BYTES("sidecar.bytes", 16L << 20, "bytes of a sidecar of XMP"),
    SAMPLE_IMAGES("sample.images", 1_000_000, "images that a task draws for a split"),
    PLUGIN_BYTES("plugin.bytes", 64L << 20, "bytes of a plugin file"),
    PLUGIN_UNPACKED_BYTES("plugin.unpackedBytes", 256L << 20, "bytes of a plugin's files when unpacked"),
    PLUGIN_RATIO("plugin.ratio", 100, "times that a plugin of more than 1 MB may grow when unpacked"),
    PLUGIN_ENTRIES("plugin.entries", 2_000, "files in a plugin"),
    PLUGIN_LIBRARY_ENTRIES("plugin.libraryEntries", 50_000, "files in a library of a plugin"),
    PLUGIN_START_SECONDS("plugin.startSeconds", 20, "seconds until a plugin must have started"),
    PULL_LISTING_BYTES("pull.listingBytes", 16L << 20, "bytes of a hub's list of the files of a model"),
    HTTP_BODY_BYTES("http.bodyBytes", 32L << 20, "bytes of the body of a request"),
    HTTP_HEADER_BYTES("http.headerBytes", 8L << 10, "bytes of the header of a request"),
    HTTP_IMAGES("http.images", 16, "images of a request"),
    HTTP_CONNECTIONS("http.connections", 1_000, "connections to the server at once"),
    HTTP_IDLE_SECONDS("http.idleSeconds", 10, "seconds that a client may send nothing, or a header take"),
    HTTP_REQUEST_SECONDS("http.requestSeconds", 30, "seconds until a request is answered"),
    HTTP_DRAIN_SECONDS("http.drainSeconds", 30, "seconds that accepted requests have when the server stops"),
    SKIPPED_STEPS("training.skippedSteps", 10, "steps in a row whose loss or gradients are not finite");

    /** What the system properties begin with. */
    public static final String PROPERTIES = "numclip.limit.";

    private static final int MOST_DIGITS = 18; // of any that a long holds

    private final String key;
    private final long usual;
    private final String meaning;

    Limit(String key, long usual, String meaning) {
        this.key = key;
        this.usual = usual;
        this.meaning = meaning;
    }

    /** @throws NumClipException naming the nearest one if there is no such limit */
    public static Limit of(String key) {
        List<String> keys = Arrays.stream(values()).map(Limit::key).toList();
        return Arrays.stream(values())
                .filter(limit -> limit.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new NumClipException(
                        NumClipException.Kind.USAGE,
                        "there is no limit " + key + NearestName.question(key, keys),
                        "'" + Invocation.NAME + " config limits' lists all limits"));
    }

    /** As users write it. */
    public String key() {
        return key;
    }

    /** The value if nobody sets another. */
    public long usual() {
        return usual;
    }

    /** What is counted, in words. */
    public String meaning() {
        return meaning;
    }

    /** @throws NumClipException if the system property is not a number from 1 on */
    public long value() {
        String set = System.getProperty(PROPERTIES + key);
        return set == null ? usual : parsed(set);
    }

    /** As {@link #value}, where an array or a count ends at 2³¹ − 9. */
    public int intValue() {
        return (int) Math.min(value(), Integer.MAX_VALUE - 8);
    }

    /**
     * For the message about something that is beyond it.
     *
     * @return such as {@code 60000 x 60000 pixels, the limit image.side is 30,000}
     */
    public String exceededBy(String found) {
        return String.format(Locale.ROOT, "%s, the limit %s is %,d", found, key, value());
    }

    /** Sets it for this process. */
    public void set(String value) {
        System.setProperty(PROPERTIES + key, String.valueOf(parsed(value)));
    }

    private long parsed(String text) {
        if (text.matches("[1-9]\\d*") && text.length() <= MOST_DIGITS) {
            return Long.parseLong(text);
        }
        throw new NumClipException(
                NumClipException.Kind.USAGE,
                "limit " + key + ": expected a number from 1 on, found '" + text + "'",
                "write --limit " + key + "=" + usual + ", or another number of at most " + MOST_DIGITS + " digits");
    }
}
