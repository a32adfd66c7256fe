package io.numclip.runner.command;

import ai.djl.util.Platform;
import io.numclip.host.result.Versions;
import io.numclip.machine.Processor;
import java.io.IOException;
import picocli.CommandLine.IVersionProvider;

/** What a report of a problem needs. Nothing native is loaded for it. */
final class VersionText implements IVersionProvider {

    private static final String UNKNOWN = "unknown";

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {
            "numclip " + Versions.NUMCLIP,
            "commit     " + Versions.commit().orElse(UNKNOWN),
            "Java       " + System.getProperty("java.runtime.version") + ", " + System.getProperty("java.vendor"),
            "libtorch   " + libtorch(),
            "processor  " + Processor.name().orElse(System.getProperty("os.arch")) + ", "
                    + Runtime.getRuntime().availableProcessors() + " in use"
        };
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
