package io.numclip.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A program with a planted fault: what it writes has its name from the start, and what is there counts as complete. */
final class TornWrite {

    private static final int PIECES = 50;
    private static final int BYTES_OF_A_PIECE = 400;
    private static final int MILLIS = 20;
    private static final int IO_ERROR = 74;

    private TornWrite() {}

    /** @param arguments the folder, and what to write into a file there */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path file = Files.createDirectories(Path.of(arguments[0])).resolve("result");
        if (Files.exists(file)) {
            return;
        }
        String piece = (arguments[1] + "\n").repeat(BYTES_OF_A_PIECE / 2);
        for (int i = 0; i < PIECES; i++) {
            append(file, piece);
            Thread.sleep(MILLIS);
        }
    }

    private static void append(Path file, String piece) {
        try {
            Files.writeString(file, piece, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            System.err.println("error: " + file + ": no space left");
            System.exit(IO_ERROR);
        }
    }
}
