package io.numclip.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;

/** How much the campaign tries, and where its figures go. */
public final class Campaign {

    private static final Path FIGURES = Path.of("target", "figures.csv");

    private Campaign() {}

    /** @return one of the two numbers, by {@code -Dnumclip.reliability}: {@code ci}, {@code full}, or a number itself */
    public static int size(int ci, int full) {
        String size = System.getProperty("numclip.reliability", "ci");
        if (size.matches("\\d+")) {
            return Integer.parseInt(size);
        }
        return size.equals("full") ? full : ci;
    }

    /** @return the seeds of {@code -Dnumclip.seeds}, such as {@code 6-10}, so that a long campaign runs in pieces; or the first few */
    public static List<Integer> seeds(int ci, int full) {
        String[] ends = System.getProperty("numclip.seeds", "").split("-");
        return ends.length == 2
                ? range(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]))
                : range(1, System.getProperty("numclip.reliability", "ci").equals("full") ? full : ci);
    }

    private static List<Integer> range(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    /** Adds a line to {@code target/figures.csv} and prints it. */
    public static void figure(String goal, String what, Object figure) {
        String line = goal + "," + what.replace(',', ';') + "," + figure + "\n";
        try {
            Files.writeString(
                    FIGURES, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.print(line);
    }
}
