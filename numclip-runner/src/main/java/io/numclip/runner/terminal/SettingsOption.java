package io.numclip.runner.terminal;

import io.numclip.data.Invocation;
import io.numclip.host.config.Setting;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** {@code --set}, the same for every command that reads a configuration. */
public final class SettingsOption {

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Changes one setting, as in --set training.epochs=5 or --set losses.0.weight=2. May be repeated.")
    private List<String> settings = List.of();

    /**
     * The settings as they were given, for a command line to print.
     *
     * @param without keys that are left out
     */
    public String arguments(String... without) {
        return parsed().stream()
                .filter(setting -> !List.of(without).contains(setting.key()))
                .map(setting -> " --set " + setting.key() + "=" + Invocation.argument(setting.value()))
                .collect(Collectors.joining());
    }

    public List<Setting> parsed() {
        return settings.stream().map(Setting::parse).toList();
    }
}
