package io.numclip.runner.command;

import io.numclip.data.Invocation;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.RunFolder;
import io.numclip.host.run.Recalibration;
import io.numclip.runner.report.TextLines;
import io.numclip.runner.terminal.Computes;
import io.numclip.runner.terminal.ModelOptions;
import io.numclip.runner.terminal.Services;
import io.numclip.runner.terminal.SettingsOption;
import io.numclip.storage.AtomicFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adjusts a trained model to images of the place of use. */
@Command(
        name = "recalibrate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Learns from 10 to 50 labelled images of the place of use how far a model is off there: an offset, a"
                        + " slope where it pays, and new intervals, all tested by leaving out, and writes a new model."
                        + " What is not better beyond chance stays as it is.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip recalibrate runs/age-1 new-camera.csv",
            "  numclip recalibrate runs/age-1 new-camera.csv --out models/new-camera",
            "  numclip recalibrate runs/age-1 list.csv --set task.data.labelColumn=age"
        })
final class RecalibrateCommand implements Computes {

    @Parameters(index = "0", paramLabel = "RUN", description = "A run folder, or a model that was handed on.")
    private Path run;

    @Parameters(
            index = "1",
            paramLabel = "LIST.csv",
            description =
                    "Images with their labels, in the columns of the list that was trained on, else image and value.")
    private Path list;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The new model; a folder that does not exist yet. Default: RUN-recalibrated.")
    private @Nullable Path out;

    @Mixin
    private SettingsOption settings;

    @Mixin
    private ModelOptions model;

    private final Services services;

    RecalibrateCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        RunFolder folder = RunFolder.open(run);
        Path target = out == null ? run.resolveSibling(RunFolder.name(run) + "-recalibrated") : out;
        AtomicFolder.requireFree(target);
        List<String> skipped = new ArrayList<>();
        Recalibration learned = Recalibration.learn(
                folder, services.catalog(), model.options(), list, settings.parsed(), (name, reason) -> {
                    skipped.add(name);
                    services.console()
                            .err()
                            .println("warning: " + PlainText.printable(name + " is left out: " + reason));
                });
        PrintWriter print = services.console().out();
        learned.findings().forEach(finding -> print.println(TextLines.paragraph(PlainText.printable(finding))));
        if (learned.changes()) {
            learned.write(folder, services.catalog(), target);
            print.println("New model: " + PlainText.printable(target));
            print.println("Next:      " + Invocation.NAME + " predict " + Invocation.argument(target) + " IMAGE…");
        } else {
            print.println("No model is written: these images give no reason to change this one.");
        }
        print.flush();
        return skipped.isEmpty() ? ExitCodes.DONE : ExitCodes.SOME_FAILED;
    }
}
