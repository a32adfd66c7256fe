package io.numclip.runner.command;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Finds a constant by its word, in small letters or capitals; picocli's own converter lists name and word of each constant.
 *
 * @param type an enum, whose constants say how users write them
 */
record WordConverter<T>(Class<T> type) implements ITypeConverter<T> {

    @Override
    public T convert(String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> names(constant).anyMatch(word::equalsIgnoreCase))
                .findFirst()
                .orElseThrow(
                        () -> new TypeConversionException("expected one of " + words() + "; found '" + word + "'"));
    }

    private static Stream<String> names(Object constant) {
        return constant instanceof Enum<?> named ? Stream.of(named.name(), named.toString()) : Stream.of();
    }

    private String words() {
        return Arrays.stream(type.getEnumConstants()).map(String::valueOf).collect(Collectors.joining(", "));
    }
}
