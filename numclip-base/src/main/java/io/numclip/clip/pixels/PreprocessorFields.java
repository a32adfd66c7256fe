package io.numclip.clip.pixels;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.clip.pixels.PreprocessorConfig.Crop;
import io.numclip.clip.pixels.PreprocessorConfig.Resize;
import io.numclip.data.NumClipException;
import io.numclip.storage.JsonFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The fields of a {@code preprocessor_config.json}: missing and null fields have defaults, wrong ones are errors. */
record PreprocessorFields(Path file, JsonNode root) {

    private static final int MAX_SIZE = 4096;

    boolean flag(String name, boolean fallback) {
        JsonNode node = root.path(name);
        if (absent(node)) {
            return fallback;
        }
        if (!node.isBoolean()) {
            throw wrong(name, node, "true or false");
        }
        return node.booleanValue();
    }

    /** Refuses a flag that changes what no other field says. */
    void requireOff(String name) {
        if (flag(name, false)) {
            throw wrong(name, root.path(name), "false");
        }
    }

    /** Of an image processor whose defaults are not known here, a file must have all fields that matter. */
    void requireWritten(String processor, List<String> names) {
        for (String name : names) {
            if (absent(root.path(name))) {
                throw JsonFile.damaged(
                        file, "/%s: missing, and what a %s does then is not known here".formatted(name, processor));
            }
        }
    }

    double number(String name, double fallback, double minimum, double maximum) {
        JsonNode node = root.path(name);
        return absent(node) ? fallback : number(name, node, minimum, maximum);
    }

    List<Double> triple(String name, List<Double> fallback, double minimum, double maximum) {
        JsonNode node = root.path(name);
        if (absent(node)) {
            return fallback;
        }
        if (!node.isArray() || node.size() != 3) {
            throw wrong(name, node, "3 numbers");
        }
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            values.add(number(name + "/" + i, node.get(i), minimum, maximum));
        }
        return List.copyOf(values);
    }

    PillowResize.Filter filter(String name) {
        JsonNode node = root.path(name);
        if (absent(node)) {
            return PillowResize.Filter.BICUBIC;
        }
        for (PillowResize.Filter filter : PillowResize.Filter.values()) {
            if (node.isIntegralNumber() && node.asLong() == filter.number) {
                return filter;
            }
        }
        throw wrong(name, node, "2 (bilinear) or 3 (bicubic)");
    }

    Resize resize(String name, Resize fallback) {
        JsonNode node = root.path(name);
        if (absent(node)) {
            return fallback;
        }
        if (node.isIntegralNumber()) {
            int side = pixels(name, node);
            return flag("default_to_square", false) ? new Resize.Exact(side, side) : new Resize.ShortestEdge(side);
        }
        if (node.has("shortest_edge") && node.size() == 1) {
            return new Resize.ShortestEdge(pixels(name + "/shortest_edge", node.get("shortest_edge")));
        }
        Crop exact = heightAndWidth(name, node, "a whole number, {shortest_edge} or {height, width}");
        return new Resize.Exact(exact.height(), exact.width());
    }

    Crop cropSize(String name, int fallback) {
        JsonNode node = root.path(name);
        if (absent(node)) {
            return new Crop(fallback, fallback);
        }
        if (node.isIntegralNumber()) {
            return new Crop(pixels(name, node), pixels(name, node));
        }
        return heightAndWidth(name, node, "a whole number or {height, width}");
    }

    /** The side of the square crop that follows from a size, for a file without a crop. */
    int squareSide(String name, int fallback) {
        Resize resize = resize(name, new Resize.ShortestEdge(fallback));
        return resize instanceof Resize.ShortestEdge edge ? edge.pixels() : ((Resize.Exact) resize).height();
    }

    /** The size of the result where nothing is cropped. */
    Crop uncropped(Resize resize) {
        if (resize instanceof Resize.Exact exact) {
            return new Crop(exact.height(), exact.width());
        }
        throw JsonFile.damaged(
                file,
                "/do_center_crop: false needs /do_resize true and a /size with height and width, for equal sizes");
    }

    private Crop heightAndWidth(String name, JsonNode node, String expected) {
        if (!node.isObject() || node.size() != 2 || !node.has("height") || !node.has("width")) {
            throw wrong(name, node, expected);
        }
        return new Crop(pixels(name + "/height", node.get("height")), pixels(name + "/width", node.get("width")));
    }

    private int pixels(String name, JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 1 || node.intValue() > MAX_SIZE) {
            throw wrong(name, node, "a whole number from 1 to " + MAX_SIZE);
        }
        return node.intValue();
    }

    private double number(String name, JsonNode node, double minimum, double maximum) {
        double value = node.doubleValue();
        if (!node.isNumber() || !(value >= minimum && value <= maximum)) {
            throw wrong(name, node, "a number from " + minimum + " to " + maximum);
        }
        return value;
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private NumClipException wrong(String name, JsonNode found, String expected) {
        String text = found.toString();
        String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return JsonFile.damaged(file, "/" + name + ": expected " + expected + ", found " + shown);
    }
}
