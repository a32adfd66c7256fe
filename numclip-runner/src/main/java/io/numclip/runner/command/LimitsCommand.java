package io.numclip.runner.command;

import io.numclip.runner.report.Table;
import io.numclip.runner.terminal.Services;
import io.numclip.storage.Limit;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Lists what is accepted at most. */
@Command(
        name = "limits",
        mixinStandardHelpOptions = true,
        description = "Lists what is accepted at most of images, models, lists, configurations, plugins and requests.",
        footerHeading = "%nExamples:%n",
        footer = {"  numclip config limits", "  numclip predict runs/age-1 scan.png --limit image.pixels=200000000"})
final class LimitsCommand implements Callable<Integer> {

    private final Services services;

    LimitsCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        PrintWriter out = services.console().out();
        List<List<String>> rows =
                Stream.of(Limit.values()).map(LimitsCommand::row).toList();
        out.print(new Table(List.of("limit", "at most", "what"), rows).text());
        out.println();
        out.println("To set one: --limit NAME=NUMBER, or JAVA_OPTS=-D" + Limit.PROPERTIES + "NAME=NUMBER");
        return 0;
    }

    private static List<String> row(Limit limit) {
        String other =
                limit.value() == limit.usual() ? "" : String.format(Locale.ROOT, " (usually %,d)", limit.usual());
        return List.of(limit.key(), String.format(Locale.ROOT, "%,d", limit.value()), limit.meaning() + other);
    }
}
