package io.numclip.runner.command;

import io.numclip.host.message.ExitCodes;
import io.numclip.runner.terminal.Services;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a script that completes this command line in a shell. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a script that completes commands, options and file names in bash or zsh.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(numclip completion bash)                here, also for ./numclip",
            "  numclip completion bash >> ~/.bash_completion    in every bash from now on",
            "  numclip completion zsh >> ~/.zshrc               in every zsh from now on"
        })
final class CompletionCommand implements Callable<Integer> {

    private enum Shell {
        BASH,
        ZSH
    }

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private Shell shell;

    private final Services services;
    private final Supplier<CommandLine> program;

    /** @param program with all its commands */
    CompletionCommand(Services services, Supplier<CommandLine> program) {
        this.services = services;
        this.program = program;
    }

    /** One script serves both: in zsh it turns on the completion of bash. Its first line names the shell. */
    @Override
    public Integer call() {
        PrintWriter out = services.console().out();
        String name = shell.name().toLowerCase(Locale.ROOT);
        out.print(AutoComplete.bash("numclip", program.get()).replaceFirst("^#!.*", "#!/usr/bin/env " + name));
        out.flush();
        return ExitCodes.DONE;
    }
}
