package io.numclip.runner.terminal;

import io.numclip.data.NumClipException;
import io.numclip.host.config.Setting;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --within}, short for a setting. */
public final class WithinOption {

    @Option(
            names = "--within",
            paramLabel = "ERROR",
            description = "Says how many images are off by at most this, in the unit of the task:"
                    + " evaluation.tolerance=ERROR, whatever else says.")
    private Double within;

    /** The setting; none where the option is not given. */
    public List<Setting> settings() {
        if (within != null && !(within > 0)) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    "--within must be above 0; found " + within,
                    "name the largest error that is good enough, such as 1; among whole numbers 0.5 is exactly right");
        }
        return within == null ? List.of() : List.of(new Setting("evaluation.tolerance", within.toString()));
    }
}
