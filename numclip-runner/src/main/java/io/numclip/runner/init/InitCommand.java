package io.numclip.runner.init;

import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.dataset.TaskData;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.message.Console;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.host.propose.Proposal;
import io.numclip.runner.terminal.Computes;
import io.numclip.runner.terminal.Services;
import io.numclip.runner.terminal.Stoppable;
import io.numclip.storage.AtomicFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a first configuration for a user's own images. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Looks at your own images and their numbers, and writes a first configuration for 'numclip train'.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip init --csv labels.csv                    columns image and value",
            "  numclip init --csv faces.csv --label-column age --unit years --out faces.yaml",
            "  numclip init --folder digits/ --unit digits      a subfolder for each number",
            "  numclip train task.yaml                          afterwards"
        })
public final class InitCommand implements Computes {

    private static final Set<String> COLUMNS_WITHOUT_A_UNIT = Set.of("value", "label", "target", "y", "number");

    /** Where the images are. */
    static final class Source {
        @Option(
                names = "--csv",
                paramLabel = "FILE.csv",
                required = true,
                description = "A list with a header. Image paths are relative to it, or to --root.")
        private Path csv;

        @Option(
                names = "--folder",
                paramLabel = "DIR",
                required = true,
                description = "A folder with one subfolder for each number, named after it.")
        private Path folder;
    }

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "With --csv: the folder that image paths are relative to. Default: that of the list.")
    private Path root;

    @Option(
            names = "--image-column",
            defaultValue = "image",
            paramLabel = "NAME",
            description = "Column with the path of the image. Default: image.")
    private String imageColumn;

    @Option(
            names = "--label-column",
            defaultValue = "value",
            paramLabel = "NAME",
            description = "Column with the number. Default: value.")
    private String labelColumn;

    @Option(
            names = "--unit",
            paramLabel = "WORD",
            description =
                    "What is counted or measured, in the plural, such as years. Default: the label column, or points.")
    private String unit;

    @Option(
            names = "--out",
            defaultValue = "task.yaml",
            paramLabel = "FILE.yaml",
            description = "The file to write, which must not exist yet. Default: task.yaml.")
    private Path out;

    @Option(
            names = "--words",
            defaultValue = "",
            paramLabel = "WORDS",
            description = {
                "What captions would say, lowest first, each with where it ends or none:",
                "\"a baby<2,a child<13,an adult\". Default: what is known of the unit."
            })
    private String words;

    @Option(names = "--no-trial", description = "Tries nothing on the images; the number of images says how to train.")
    private boolean untried;

    private final Services services;

    public InitCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        refuseMissingSource();
        refuseToOverwrite();
        Proposal proposal = Proposal.of(data(), unit(), words);
        write(proposal.text(out));
        report(proposal);
        if (untried) {
            return end();
        }
        return Stoppable.run(services.console(), out + " is there, with settings that were not tried.", () -> {
            tryOut(proposal);
            return end();
        });
    }

    /** Writes the file again, with what a trial proposes. */
    private void tryOut(Proposal proposal) throws IOException {
        say("A real CLIP sees more than the embedded one: '" + Invocation.NAME
                + " pull' lists some, and says how to get it.");
        say("Then: " + Invocation.NAME + " train " + Invocation.argument(out)
                + " --set backbone.model=DIR --set training.learningRates.imageEncoder=0");
        say("trying what could be proposed, which takes minutes; Ctrl-C goes without");
        try {
            ExperimentReader reader = new ExperimentReader(services.catalog());
            Proposal tried =
                    proposal.tried(out, text -> reader.parse(readable(out), text, List.of()), next -> say("  " + next));
            write(tried.text(out));
            services.console().out().println();
            tried.trial().forEach(services.console().out()::println);
        } catch (NumClipException failure) { // a training would say the same, and the file is there
            say("warning: settings were not tried: " + PlainText.printable(NumClipException.firstLine(failure)));
        }
    }

    private void say(String line) {
        services.console().err().println(line);
        services.console().err().flush();
    }

    /** The path by which the reader knows a file from the name of a task. */
    private static String readable(Path file) {
        return file.toAbsolutePath().toString();
    }

    private int end() {
        PrintWriter print = services.console().out();
        print.println();
        print.println("Wrote " + PlainText.printable(out) + ". Check its words, then run: " + Invocation.NAME
                + " train " + Invocation.argument(out));
        print.flush();
        return ExitCodes.DONE;
    }

    private TaskData data() {
        TaskData data = source.csv == null
                ? TaskData.of("folder", source.folder.toString())
                : TaskData.of("csv", root()).withFile(source.csv.toString());
        return data.withColumns(imageColumn, labelColumn);
    }

    private String root() {
        return root == null ? "" : root.toString();
    }

    private String unit() {
        if (unit != null && !unit.isBlank()) {
            return unit.strip();
        }
        return COLUMNS_WITHOUT_A_UNIT.contains(labelColumn) ? "points" : labelColumn;
    }

    /** The reader would name a setting of the file that is not written yet. */
    private void refuseMissingSource() {
        if (source.folder != null && !Files.isDirectory(source.folder)) {
            throw new NumClipException(
                    Kind.MISSING, source.folder + ": no such folder", "name the folder of label folders with --folder");
        }
        if (root != null && (source.csv == null || !Files.isDirectory(root))) {
            throw new NumClipException(
                    source.csv == null ? Kind.USAGE : Kind.MISSING,
                    "--root " + root + ": " + (source.csv == null ? "goes with --csv alone" : "no such folder"),
                    "name the folder that the paths in the list of --csv are relative to");
        }
        if (source.csv != null && !Files.exists(source.csv)) {
            throw new NumClipException(
                    Kind.MISSING, source.csv + ": no such file", "name the list of images with --csv");
        }
    }

    private void refuseToOverwrite() {
        if (Files.exists(out)) {
            throw new NumClipException(
                    Kind.OUTPUT, out + " already exists", "name another file with --out, or delete this one");
        }
    }

    private void write(String text) {
        try {
            Path folder = out.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            AtomicFile.write(out, text);
        } catch (IOException failure) {
            throw new NumClipException(
                    Kind.OUTPUT,
                    out + " cannot be written (" + failure.getMessage() + ")",
                    "name a file that can be written with --out",
                    failure);
        }
    }

    private void report(Proposal proposal) {
        Console console = services.console();
        proposal.problems().stream()
                .limit(10)
                .forEach(problem -> console.err().println("warning: " + PlainText.printable(problem)));
        if (!proposal.problems().isEmpty()) {
            console.err().println("warning: training stops if more than one image in a hundred cannot be read");
        }
        PrintWriter print = console.out();
        print.println(proposal.place() + ":");
        proposal.findings().forEach(line -> print.println("  " + line));
        print.flush();
    }
}
