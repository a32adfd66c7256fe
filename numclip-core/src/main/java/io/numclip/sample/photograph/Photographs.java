package io.numclip.sample.photograph;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numclip.data.Split;
import io.numclip.sample.SampleKey;
import io.numclip.sample.SampleRandom;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The photographs that ship with the library, all free. {@code PHOTOGRAPHS.md} next to the files names the author, source
 * and licence of each; {@code index.csv} says which split it belongs to and what it shows.
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

    /**
     * The photograph of a sample. While the index runs through as many samples as the split has photographs, each of them
     * comes once, in a random order; which of its views is random.
     */
    public Photograph of(SampleKey key) {
        List<Photograph> choices = of(key.split());
        List<String> originals = new ArrayList<>(
                choices.stream().map(Photograph::original).distinct().toList());
        int round = key.index() / originals.size();
        shuffle(originals, new SampleKey(key.world(), key.split(), round, key.seed()).random("photographs"));
        String original = originals.get(key.index() % originals.size());
        return key.random("view")
                .pick(choices.stream()
                        .filter(photograph -> photograph.original().equals(original))
                        .toList());
    }

    private static void shuffle(List<String> list, SampleRandom random) {
        for (int last = list.size() - 1; last > 0; last--) {
            Collections.swap(list, last, random.whole(0, last));
        }
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
