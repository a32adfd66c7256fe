package io.numclip.runner.terminal;

import picocli.CommandLine.Option;

/** The option of commands that train. */
public final class QuietOption {

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress, only the result.")
    private boolean quiet;

    public boolean isQuiet() {
        return quiet;
    }
}
