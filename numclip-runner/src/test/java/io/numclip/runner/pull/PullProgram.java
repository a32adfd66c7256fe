package io.numclip.runner.pull;

import io.numclip.host.TestingCatalog;
import io.numclip.runner.terminal.TestingConsole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractIntegerAssert;

/** The command with its surroundings: what it prints and how long it would wait is kept. */
final class PullProgram {

    private final Map<String, String> environment = new HashMap<>();
    private final List<Long> waits = new ArrayList<>();
    private final TestingConsole console;
    private long free = Long.MAX_VALUE;
    private Duration silence = Duration.ofSeconds(20);

    PullProgram(Path plugins, String hub) {
        environment.put("HF_ENDPOINT", hub);
        console = new TestingConsole(TestingCatalog.create(plugins), plugins)
                .with(
                        "pull",
                        services -> new PullCommand(
                                services, new Surroundings(environment, this::pause, folder -> free, silence)));
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
        console.stopAfter(text);
        return this;
    }

    AbstractIntegerAssert<?> run(Object... arguments) {
        waits.clear();
        return console.run("pull", arguments);
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
        return console.out();
    }

    String err() {
        return console.err();
    }
}
