package io.numclip.runner.terminal;

import io.numclip.host.message.Console;
import io.numclip.host.message.ExitCodes;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/** Long work that keeps what is finished when the user stops it. */
public final class Stoppable {

    /** Ends with an exit code. */
    @FunctionalInterface
    public interface Work {
        int run() throws IOException;
    }

    private Stoppable() {}

    /**
     * @param kept what is kept and how to resume, such as {@code finished cells are kept. Run the same command to resume.}
     * @return the exit code of the work, or {@link ExitCodes#STOPPED}
     */
    public static int run(Console console, String kept, Work work) throws IOException {
        return run(console, () -> kept, work);
    }

    /** @param kept as for {@link #run(Console, String, Work)}, asked for when the work has stopped */
    public static int run(Console console, Supplier<String> kept, Work work) throws IOException {
        try {
            return work.run();
        } catch (CancellationException | ClosedByInterruptException stopped) {
            console.err().println("stopped; " + kept.get());
            console.err().flush();
            return ExitCodes.STOPPED;
        }
    }
}
