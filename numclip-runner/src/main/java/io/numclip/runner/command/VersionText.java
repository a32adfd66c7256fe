package io.numclip.runner.command;

import ai.djl.util.Platform;
import io.numclip.host.machine.Processor;
import io.numclip.host.run.Versions;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** What a report of a problem needs. Nothing native is loaded for it. */
final class VersionText implements IVersionProvider {

    private static final String UNKNOWN = "unknown";

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {
            "numclip " + Versions.NUMCLIP,
            "commit     " + commit(VersionText.class.getResourceAsStream("/numclip/build.properties")),
            "Java       " + System.getProperty("java.runtime.version") + ", " + System.getProperty("java.vendor"),
            "libtorch   " + libtorch(),
            "processor  " + Processor.name().orElse(System.getProperty("os.arch")) + ", "
                    + Runtime.getRuntime().availableProcessors() + " in use"
        };
    }

    /**
     * The commit that the program was built from.
     *
     * @param stored by the build; null or without a commit if it was not built in a clone
     */
    static String commit(@Nullable InputStream stored) throws IOException {
        Properties build = new Properties();
        if (stored != null) {
            try (stored) {
                build.load(stored);
            }
        }
        String commit = build.getProperty("commit", "");
        if (!commit.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
            return UNKNOWN;
        }
        return commit + (build.getProperty("changed", "").equals("true") ? ", changed" : "");
    }

    private static String libtorch() {
        String own = System.getenv("PYTORCH_VERSION");
        try {
            Platform platform = Platform.detectPlatform("pytorch");
            String version = own == null ? platform.getVersion().replaceFirst("-.*", "") : own;
            return version + ", " + platform.getFlavor() + ", " + platform.getClassifier();
        } catch (RuntimeException missing) {
            return UNKNOWN;
        }
    }
}
