package io.numclip.runner;

import io.numclip.host.message.Console;
import io.numclip.runner.terminal.Ending;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A program whose work ends, or does not, in one of several ways. */
final class EndingProgram {

    private EndingProgram() {}

    public static void main(String[] arguments) {
        GracefulEnd end = GracefulEnd.install(Console.system(), new Ending(), name -> Optional.empty());
        say("ready");
        switch (arguments[0]) {
            case "obedient" -> obey();
            case "stubborn" -> resist();
            case "leaving" -> leave();
            default -> end.exit(7);
        }
        end.exit(0);
    }

    private static void obey() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Runtime.getRuntime().addShutdownHook(new Thread()); // as a temporary file does
            say("stopped in good order");
        }
    }

    private static void resist() {
        while (true) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                say("interrupted");
            }
        }
    }

    private static void leave() {
        System.exit(0);
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
