package io.numclip.runner.pull;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The user's secret at the hub. Only {@link #header} shows it. */
final class Token {

    private static final Pattern PRINTABLE = Pattern.compile("[!-~]{1,2000}");
    private static final int MOST_BYTES = 4000;

    private final String secret;

    private Token(String secret) {
        this.secret = secret;
    }

    /** From {@code HF_TOKEN}, or from the file that {@code HF_TOKEN_PATH} names. */
    static Optional<Token> of(Surroundings surroundings) throws IOException {
        String direct = surroundings.variable("HF_TOKEN");
        if (!direct.isEmpty()) {
            return Optional.of(checked(direct, "HF_TOKEN"));
        }
        String file = surroundings.variable("HF_TOKEN_PATH");
        return file.isEmpty() ? Optional.empty() : Optional.of(read(Path.of(file)));
    }

    private static Token read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NumClipException(
                    Kind.MISSING,
                    file + ": no such file, but HF_TOKEN_PATH names it",
                    "correct HF_TOKEN_PATH, or unset it");
        }
        try (InputStream in = RegularFile.open(file)) {
            return checked(new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip(), file.toString());
        }
    }

    private static Token checked(String text, String place) {
        if (!PRINTABLE.matcher(text).matches()) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    place + ": this is not a token; one is a single word of letters and digits",
                    "copy the token anew from your settings at the hub");
        }
        return new Token(text);
    }

    /** The value of the header {@code Authorization}. */
    String header() {
        return "Bearer " + secret;
    }

    @Override
    public String toString() {
        return "***";
    }
}
