package io.numclip.runner.runs;

import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import io.numclip.host.message.ExitCodes;
import io.numclip.runner.report.RunsTable;
import io.numclip.runner.report.Table;
import io.numclip.runner.terminal.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the runs in a folder. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = "Lists the runs in a folder: task, method, mean absolute error beside that of a guess, and date.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip runs",
            "  numclip runs runs/demo-1",
            "  numclip report runs/age-1 runs/age-2    compare two of them"
        })
public final class RunsCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", defaultValue = "runs", paramLabel = "FOLDER", description = "Default: runs.")
    private Path folder;

    private final Services services;

    public RunsCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw missing("there is no such folder", "name a folder with runs, or make the first one");
        }
        Table table = RunsTable.of(folder)
                .orElseThrow(() -> missing(
                        "no run is in this folder, nor in the folders in it", "name another folder, or make a run"));
        services.console().out().print(table.text());
        services.console().out().flush();
        return ExitCodes.DONE;
    }

    private NumClipException missing(String what, String fix) {
        return new NumClipException(
                NumClipException.Kind.MISSING, folder + ": " + what, fix + " with '" + Invocation.NAME + " train age'");
    }
}
