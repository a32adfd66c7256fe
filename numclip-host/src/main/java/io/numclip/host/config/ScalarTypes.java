package io.numclip.host.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Converts text of a configuration to the simple types of a record, and back. */
final class ScalarTypes {

    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");

    private ScalarTypes() {}

    /** @throws IllegalArgumentException with what was expected and what was found */
    static Object convert(Class<?> type, ConfigNode.Scalar scalar) {
        if (scalar.isNull()) {
            throw expected(describe(type), scalar);
        }
        if (type == String.class) {
            return scalar.text();
        }
        if (type.isEnum()) {
            return constant(type, scalar);
        }
        if (!scalar.plain()) {
            throw expected(describe(type), scalar);
        }
        if (type == boolean.class || type == Boolean.class) {
            return truth(scalar);
        }
        return number(type, scalar);
    }

    /** Enum constants as users write them: {@code LEFT_EDGE} is {@code left-edge}. */
    static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a setting of this type accepts, in words. */
    static String describe(Class<?> type) {
        if (type == String.class) {
            return "text";
        }
        if (type.isEnum()) {
            return "one of " + String.join(", ", constants(type));
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == double.class || type == Double.class) {
            return "a number";
        }
        return isWhole(type) ? "a whole number" : "a mapping";
    }

    static boolean isScalar(Class<?> type) {
        return type == String.class
                || type.isEnum()
                || type == boolean.class
                || type == Boolean.class
                || type == double.class
                || type == Double.class
                || isWhole(type);
    }

    static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> kebab((Enum<?>) constant))
                .collect(Collectors.toList());
    }

    private static boolean isWhole(Class<?> type) {
        return type == int.class || type == Integer.class || type == long.class || type == Long.class;
    }

    private static Object constant(Class<?> type, ConfigNode.Scalar scalar) {
        String name = scalar.text().toLowerCase(Locale.ROOT).replace('_', '-');
        int index = constants(type).indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("expected " + describe(type) + "; found " + scalar.describe() + "."
                    + RecordBinder.didYouMean(name, constants(type)));
        }
        return type.getEnumConstants()[index];
    }

    private static Boolean truth(ConfigNode.Scalar scalar) {
        if (scalar.text().equals("true") || scalar.text().equals("false")) {
            return Boolean.valueOf(scalar.text());
        }
        throw expected("true or false", scalar);
    }

    private static Object number(Class<?> type, ConfigNode.Scalar scalar) {
        String text = scalar.text().replace("_", "");
        if (!NUMBER.matcher(text).matches()) {
            throw expected(describe(type), scalar);
        }
        try {
            if (type == double.class || type == Double.class) {
                return Double.valueOf(text);
            }
            long whole = Long.parseLong(text);
            return type == long.class || type == Long.class ? (Object) whole : (Object) Math.toIntExact(whole);
        } catch (NumberFormatException | ArithmeticException failure) {
            throw expected(describe(type), scalar);
        }
    }

    private static IllegalArgumentException expected(String what, ConfigNode.Scalar scalar) {
        return new IllegalArgumentException("expected " + what + "; found " + scalar.describe());
    }
}
