package io.numclip.runner.compare;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Processes beside this one that train cells of the same comparison. They end with it, unless it is killed. */
final class Workers {

    private final List<Process> processes = new ArrayList<>();

    /**
     * Starts the program again with the same arguments, for each worker with its number as well.
     *
     * @param count how many; they have the numbers from 1 on
     * @param arguments of this process
     */
    static Workers start(int count, List<String> arguments) throws IOException {
        Workers workers = new Workers();
        for (int number = 1; number <= count; number++) {
            List<String> command = new ArrayList<>(program());
            command.addAll(arguments);
            command.add(CompareCommand.WORKER + "=" + number);
            workers.processes.add(new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        return workers;
    }

    /** As this process was started. */
    private static List<String> program() {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("io.numclip.runner.Main");
        return command;
    }

    void end() {
        processes.forEach(Process::destroy);
    }
}
