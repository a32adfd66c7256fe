package io.numclip.runner.command;

import io.numclip.data.NumClipException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.UnmatchedArgsBinding;

/** The name of a command of an earlier version, which says what took its place. */
@Command
final class RetiredCommand implements Callable<Integer> {

    private final String name;
    private final String successor;

    private RetiredCommand(String name, String successor) {
        this.name = name;
        this.successor = successor;
    }

    /** @param successor what to write in its place, such as {@code ./numclip pull} */
    static CommandSpec of(String name, String successor) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new RetiredCommand(name, successor))
                .name(name);
        spec.usageMessage().hidden(true);
        spec.addUnmatchedArgsBinding(UnmatchedArgsBinding.forStringArrayConsumer(new Ignored()));
        return spec;
    }

    @Override
    public Integer call() {
        throw new NumClipException(
                NumClipException.Kind.USAGE, "'" + name + "' is no command any more", successor + " took its place");
    }

    /** Takes the arguments of an earlier version. */
    private static final class Ignored implements ISetter {
        @Override
        public <T> @Nullable T set(T value) {
            return null;
        }
    }
}
