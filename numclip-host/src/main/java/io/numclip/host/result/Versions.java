package io.numclip.host.result;

import io.numclip.clip.kernel.NativeLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The versions that produced a result, so that it can be reproduced. */
public final class Versions {

    /** The version of the pom, which the build writes into a file. */
    public static final String NUMCLIP = stored();

    private Versions() {}

    private static String stored() {
        Properties build = new Properties();
        try (InputStream file = Versions.class.getResourceAsStream("/numclip/version.properties")) {
            build.load(Objects.requireNonNull(file, "numclip/version.properties is not on the class path"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return build.getProperty("version");
    }

    /**
     * The commit that the program was built from, or nothing where that is not known.
     *
     * @param build properties that the build of the program has stored; null if there are none
     */
    public static Optional<String> commit(@Nullable InputStream build) throws IOException {
        Properties stored = new Properties();
        if (build != null) {
            try (build) {
                stored.load(build);
            }
        }
        String commit = stored.getProperty("commit", "");
        if (!commit.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
            return Optional.empty();
        }
        return Optional.of(commit + (stored.getProperty("changed", "").equals("true") ? ", changed" : ""));
    }

    /** The commit of the program that uses the library, if it is NumCLIP's own. */
    public static Optional<String> commit() throws IOException {
        return commit(Versions.class.getResourceAsStream("/numclip/build.properties"));
    }

    public static Map<String, String> all() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("numclip", NUMCLIP);
        versions.put("java", System.getProperty("java.version", ""));
        versions.put(
                "engine",
                NativeLibrary.engine().getEngineName() + " "
                        + NativeLibrary.engine().getVersion());
        versions.put("system", System.getProperty("os.name", "") + " " + System.getProperty("os.arch", ""));
        return versions;
    }
}
