package io.numclip.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A program with a planted fault: what it writes has its name from the start, and what is there counts as complete. */
final class TornWrite {

    private static final int PIECES = 50;
    private static final int MILLIS = 20;

    private TornWrite() {}

    /** @param arguments the folder, and what to write into a file there */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path file = Files.createDirectories(Path.of(arguments[0])).resolve("result");
        if (Files.exists(file)) {
            return;
        }
        for (int i = 0; i < PIECES; i++) {
            Files.writeString(file, arguments[1] + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            Thread.sleep(MILLIS);
        }
    }
}
