package io.numclip.runner.pull;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.FreeSpace;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a download has around it.
 *
 * @param environment variables such as {@code HF_TOKEN}
 * @param pause waits before the next attempt
 * @param silence how long a server may say nothing
 */
record Surroundings(Map<String, String> environment, Pause pause, FreeSpace free, Duration silence) {

    private static final String TOKEN = "[!-~]{1,2000}";
    private static final int MOST_BYTES = 4000;

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        void last(Duration time) throws InterruptedException;
    }

    static Surroundings real() {
        return new Surroundings(
                System.getenv(), time -> Thread.sleep(time.toMillis()), FreeSpace.OF_DISK, Duration.ofSeconds(60));
    }

    /** The value of the first variable that is set and not blank; or else empty. */
    String variable(String... names) {
        for (String name : names) {
            String value = environment.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    /** The user's secret at the hub, from {@code HF_TOKEN} or the file that {@code HF_TOKEN_PATH} names. */
    Optional<String> token() throws IOException {
        String direct = variable("HF_TOKEN");
        if (!direct.isEmpty()) {
            return Optional.of(checked(direct, "HF_TOKEN"));
        }
        String file = variable("HF_TOKEN_PATH");
        return file.isEmpty() ? Optional.empty() : Optional.of(tokenIn(Path.of(file)));
    }

    private static String tokenIn(Path file) throws IOException {
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

    private static String checked(String token, String place) {
        if (!token.matches(TOKEN)) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    place + ": this is not a token; one is a single word of letters and digits",
                    "copy the token anew from your settings at the hub");
        }
        return token;
    }
}
