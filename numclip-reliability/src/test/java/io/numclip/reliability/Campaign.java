package io.numclip.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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

    /** Adds a line to {@code target/figures.csv} and prints it. */
    public static void figure(String goal, String what, Object figure) {
        String line = goal + "," + what + "," + figure + "\n";
        try {
            Files.writeString(
                    FIGURES, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.print(line);
    }
}
