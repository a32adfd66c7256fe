package io.numclip.runner.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.TestingCatalog;
import io.numclip.host.message.Console;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.runner.command.NumClipCommand;
import io.numclip.storage.CacheFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractIntegerAssert;

/** The whole command line with everything it prints kept. */
public final class TestingConsole {

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
    private final Services services;
    private final Map<String, Function<Services, Object>> commands = new HashMap<>();
    private String stop = "";

    public TestingConsole(PluginCatalog catalog, Path empty) {
        services = new Services(
                new Console(new PrintWriter(out), new PrintWriter(err), false), new PluginFolders(empty), catalog);
    }

    /** With the task of the tests, and a cache of its own for the JVM. */
    public static TestingConsole in(Path folder) {
        System.setProperty(CacheFolder.PROPERTY, folder.resolve("cache").toString());
        return new TestingConsole(TestingCatalog.create(folder), folder);
    }

    /** A command beside those of the program, or in place of one. */
    public TestingConsole with(String name, Function<Services, Object> command) {
        commands.put(name, command);
        return this;
    }

    /** @param arguments words, anything that is one as text, and arrays of them */
    public AbstractIntegerAssert<?> run(Object... arguments) {
        return run(words(arguments).toArray(String[]::new));
    }

    private static Stream<String> words(Object... arguments) {
        return Stream.of(arguments)
                .flatMap(each -> each instanceof Object[] several ? words(several) : Stream.of(String.valueOf(each)));
    }

    /** @return the exit code; where it is another one, the failure shows what the command has said */
    public AbstractIntegerAssert<?> run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Thread.interrupted(); // what an earlier command was asked is over
        Map<String, Supplier<Object>> all = new LinkedHashMap<>(NumClipCommand.commands(services));
        commands.forEach((name, command) -> all.put(name, () -> command.apply(services)));
        int code = NumClipCommand.commandLine(services, all, words)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .execute(words);
        return assertThat(code).as("%s", err);
    }

    /** Trains the task of the tests. */
    public AbstractIntegerAssert<?> train(Object run, Object... settings) {
        Stream<String> set = words(settings).map(setting -> "--set=" + setting);
        return run("train", "brightness", "--quiet", "--out", run, set.toArray());
    }

    /** Asks the next command to stop, as Ctrl-C does, once it has said this to standard error. */
    public void stopAfter(String progress) {
        stop = progress;
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }
}
