package io.numclip.runner.command;

import io.numclip.runner.report.Table;
import io.numclip.runner.terminal.Services;
import io.numclip.storage.Limit;
import java.io.PrintWriter;
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
        Table table = new Table("limit", "at most", "what");
        Stream.of(Limit.values()).forEach(limit -> table.row(limit.key(), grouped(limit.value()), meaning(limit)));
        out.print(table.text());
        out.println();
        out.println("To set one: --limit NAME=NUMBER, or JAVA_OPTS=-D" + Limit.PROPERTIES + "NAME=NUMBER");
        return 0;
    }

    private static String meaning(Limit limit) {
        return limit.meaning() + (limit.value() == limit.usual() ? "" : " (usually " + grouped(limit.usual()) + ")");
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
