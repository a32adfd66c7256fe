package io.numclip.clip.directory;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.clip.directory.ClipConfig.Activation;
import io.numclip.storage.JsonFile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of an object in a model's configuration: missing and null fields have defaults, wrong ones are errors.
 *
 * @param path of the object in the file, with a slash at the end; empty for the whole file
 */
public record ConfigFields(JsonNode node, String path) {

    /** An object in this one; missing is as good as empty. */
    ConfigFields object(String key) {
        JsonNode part = node.path(key);
        if (isAbsent(key)) {
            return new ConfigFields(JsonFile.MAPPER.createObjectNode(), path + key + "/");
        }
        if (!part.isObject()) {
            throw wrong(key, "an object");
        }
        return new ConfigFields(part, path + key + "/");
    }

    boolean isAbsent(String key) {
        return node.path(key).isMissingNode() || node.path(key).isNull();
    }

    /** Null is no number: a size that is unknown cannot be a default. */
    public int integer(String key, int absent) {
        if (!node.has(key)) {
            return absent;
        }
        JsonNode value = node.get(key);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(key, "a whole number");
        }
        return value.intValue();
    }

    /** A side of a square, also written as two equal numbers. */
    int side(String key, int absent) {
        JsonNode value = node.path(key);
        if (value.isArray()
                && value.size() == 2
                && value.get(0).equals(value.get(1))
                && value.get(0).canConvertToInt()) {
            return value.get(0).intValue();
        }
        if (value.isArray()) {
            throw wrong(key, "a whole number, or two equal ones: only square images and patches are supported");
        }
        return integer(key, absent);
    }

    public double number(String key, double absent) {
        if (isAbsent(key)) {
            return absent;
        }
        JsonNode value = node.get(key);
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw wrong(key, "a number");
        }
        return value.doubleValue();
    }

    /** Three numbers, none of them below a bound. */
    List<Double> triple(String key, List<Double> absent, double least) {
        JsonNode value = node.path(key);
        if (isAbsent(key)) {
            return absent;
        }
        List<Double> numbers = value.valueStream().map(JsonNode::doubleValue).toList();
        boolean isRight = value.isArray()
                && numbers.size() == 3
                && value.valueStream().allMatch(JsonNode::isNumber)
                && numbers.stream().allMatch(number -> number >= least && number <= 1e3);
        if (!isRight) {
            throw wrong(key, "3 numbers from " + least + " to 1000");
        }
        return numbers;
    }

    boolean flag(String key, boolean absent) {
        if (isAbsent(key)) {
            return absent;
        }
        if (!node.get(key).isBoolean()) {
            throw wrong(key, "true or false");
        }
        return node.get(key).booleanValue();
    }

    String text(String key, String absent) {
        if (isAbsent(key)) {
            return absent;
        }
        if (!node.get(key).isTextual()) {
            throw wrong(key, "a string");
        }
        return node.get(key).textValue();
    }

    Activation activation(String key, Activation absent) {
        String name = text(key, absent.toString());
        return Arrays.stream(Activation.values())
                .filter(activation -> activation.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s: \"%s\", known: quick_gelu, gelu, gelu_pytorch_tanh".formatted(path + key, name)));
    }

    /** Refuses a setting that the kernel does not know, unless it is absent or off. */
    void refuse(String key, String nearest) {
        JsonNode value = node.path(key);
        boolean isOff = isAbsent(key) || (value.isBoolean() && !value.booleanValue());
        if (!isOff) {
            throw new IllegalArgumentException(
                    "%s: %s is not supported; %s".formatted(path + shown(key), shown(value.toString()), nearest));
        }
    }

    /**
     * Refuses keys that are not known, unless they are off: they would change the model.
     *
     * @param owner whose keys they should be
     */
    void refuseUnknown(List<Set<String>> known, String owner) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (known.stream().noneMatch(keys -> keys.contains(entry.getKey()))) {
                refuse(entry.getKey(), owner + " has no such field");
            }
        }
    }

    IllegalArgumentException wrong(String key, String expected) {
        return new IllegalArgumentException(
                "%s: %s, expected %s".formatted(path + key, shown(String.valueOf(node.get(key))), expected));
    }

    private static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
