package io.numclip.runner.pull;

import io.numclip.host.message.Console;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.runner.terminal.Services;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The command with its surroundings: what it prints and how long it would wait is kept. */
final class PullProgram {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter() {
        @Override
        public void flush() {
            if (!stop.isEmpty() && toString().contains(stop)) {
                stop = "";
                Thread.currentThread().interrupt();
            }
        }
    };
    private final Map<String, String> environment = new HashMap<>();
    private final List<Long> waits = new ArrayList<>();
    private final Path plugins;
    private long free = Long.MAX_VALUE;
    private Duration silence = Duration.ofSeconds(20);
    private String stop = "";

    PullProgram(Path plugins, String hub) {
        this.plugins = plugins;
        environment.put("HF_ENDPOINT", hub);
    }

    PullProgram with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    PullProgram free(long bytes) {
        free = bytes;
        return this;
    }

    PullProgram silence(Duration longest) {
        silence = longest;
        return this;
    }

    /** As Ctrl-C does, once this has been said. */
    PullProgram stopAfter(String text) {
        stop = text;
        return this;
    }

    int run(Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        waits.clear();
        Services services = new Services(
                new Console(new PrintWriter(out), new PrintWriter(err), false), new PluginFolders(plugins));
        Surroundings surroundings = new Surroundings(environment, this::pause, folder -> free, silence);
        String[] words = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
        return new CommandLine(new PullCommand(services, surroundings))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(services.failures())
                .setParameterExceptionHandler(services.failures())
                .execute(words);
    }

    private void pause(Duration time) throws InterruptedException {
        waits.add(time.toSeconds());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Seconds. */
    List<Long> waits() {
        return waits;
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
