package io.numclip.spark.job;

import picocli.CommandLine.Option;

/** Where the plugins are. */
final class PluginsOption {

    @Option(
            names = "--plugins",
            defaultValue = "",
            paramLabel = "DIR",
            description =
                    "Folder of trusted plugins, on every machine or shipped. Default: numclip.plugins, else plugins.")
    private String folder = "";

    /** The folder; empty for the usual one. */
    String folder() {
        return folder;
    }
}
