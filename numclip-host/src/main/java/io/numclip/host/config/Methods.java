package io.numclip.host.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The methods that come with the program: {@code numclip/methods/NAME.yaml}, in the order of {@code index.txt}. */
public final class Methods {

    private static final String FOLDER = "numclip/methods/";

    private Methods() {}

    public static List<String> names() {
        return resource(FOLDER + "index.txt").orElseThrow().lines().toList();
    }

    public static List<MethodFile> all() {
        return names().stream().map(name -> find(name).orElseThrow()).toList();
    }

    static Optional<MethodFile> find(String name) {
        if (!names().contains(name)) {
            return Optional.empty();
        }
        String file = FOLDER + name + ".yaml";
        return resource(file).map(text -> new MethodFile(name, YamlReader.parse(file, text)));
    }

    private static Optional<String> resource(String name) {
        try (InputStream stream = Methods.class.getResourceAsStream("/" + name)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
