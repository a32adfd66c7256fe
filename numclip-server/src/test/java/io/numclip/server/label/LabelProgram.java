package io.numclip.server.label;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that takes answers until it is killed. */
final class LabelProgram {

    private LabelProgram() {}

    /** @param arguments the folder, and a file for the address */
    public static void main(String... arguments) throws IOException, InterruptedException {
        try (LabelFolder labels = new LabelFolder(Path.of(arguments[0]), "anna")) {
            Path address = Path.of(arguments[1]);
            Files.writeString(address.resolveSibling("part"), labels.address());
            Files.move(address.resolveSibling("part"), address);
            Thread.sleep(60_000);
        }
    }
}
