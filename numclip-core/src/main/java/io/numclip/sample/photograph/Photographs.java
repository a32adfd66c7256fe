package io.numclip.sample.photograph;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numclip.data.Split;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * The photographs that ship with the library, all in the public domain. {@code PHOTOGRAPHS.md} next to the files names
 * the source and licence of each; {@code index.csv} says which split it belongs to and what it shows.
 */
public final class Photographs {

    private static final String INDEX = "index.csv";

    private final List<Photograph> all;

    private Photographs(List<Photograph> all) {
        this.all = List.copyOf(all);
    }

    /** Reads the index; the pixels of each photograph are read later, when they are needed. */
    public static Photographs load() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(resource(INDEX), UTF_8))) {
            return new Photographs(
                    reader.lines().skip(1).map(Photographs::photograph).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(INDEX + " of the photographs cannot be read", e);
        }
    }

    public List<Photograph> of(Split split) {
        return all.stream().filter(photograph -> photograph.split() == split).toList();
    }

    static InputStream resource(String file) throws FileNotFoundException {
        InputStream stream = Photographs.class.getResourceAsStream(file);
        if (stream == null) {
            throw new FileNotFoundException(file);
        }
        return stream;
    }

    /** @param line file, original, split, subject, focusX, focusY */
    private static Photograph photograph(String line) {
        List<String> cells = List.of(line.split(",", -1));
        return new Photograph(
                cells.get(0),
                cells.get(1),
                Split.valueOf(cells.get(2).toUpperCase(Locale.ROOT)),
                cells.get(3),
                Double.parseDouble(cells.get(4)),
                Double.parseDouble(cells.get(5)));
    }
}
