package io.numclip.runner.label;

import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.label.AnswerFile;
import io.numclip.host.label.AnswerFile.About;
import io.numclip.host.label.AskedScale;
import io.numclip.host.label.LabelImages;
import io.numclip.host.label.LabelLists;
import io.numclip.host.label.LabelStudio;
import io.numclip.host.label.Labelling;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.runner.inputs.Inputs;
import io.numclip.runner.terminal.Computes;
import io.numclip.runner.terminal.Services;
import io.numclip.server.label.LabelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens a page on which a person labels the images of a folder. */
@Command(
        name = "label",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Opens a page on which you give numbers to the images of a folder, or say which of two is more. It asks about"
                    + " the images that tell most about the others, says how far off a model of your answers would be, and writes"
                    + " the list that 'numclip train' takes.",
            "Every answer is on the disk before the next image is shown. Ctrl-C ends it; the same command goes on."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip label photos/ --words \"unripe=0, ripe=4, overripe=8\" --unit days",
            "  numclip label portraits/ --task age --name anna",
            "  numclip label photos/ --compare",
            "  numclip label photos/ --export ripeness.csv      writes the list, and ends"
        })
public final class LabelCommand implements Computes {

    private static final int SECONDS_TO_CLOSE = 15;
    private static final int FORM = 1;

    @Parameters(paramLabel = "FOLDER", description = "A folder with images, in folders or not.")
    private Path folder;

    @Option(
            names = "--words",
            paramLabel = "WORDS",
            description =
                    "Words and the numbers that they stand for, lowest first; the first and the last are the ends of"
                            + " the scale: \"unripe=0, ripe=4, overripe=8\". Needed the first time, unless --task is given.")
    private @Nullable String words;

    @Option(
            names = "--unit",
            paramLabel = "WORD",
            description = "What --words count, in the plural, such as days. Default: points.")
    private @Nullable String unit;

    @Option(
            names = "--task",
            paramLabel = "RECIPE|FILE.yaml",
            description = "Takes scale and words from a task, as for 'numclip train'.")
    private @Nullable String task;

    @Option(
            names = "--out",
            defaultValue = "labels.csv",
            paramLabel = "FILE.csv",
            description =
                    "The list to write. The answers themselves are beside it, in FILE.answers.jsonl, and comparisons"
                            + " in FILE.pairs.csv. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(names = "--name", paramLabel = "NAME", description = "Who answers. Default: your name on this machine.")
    private String name = System.getProperty("user.name", "me");

    @Option(names = "--compare", description = "Begins with comparing two images; the page can change that.")
    private boolean compare;

    @Option(
            names = "--backbone",
            defaultValue = "embedded",
            paramLabel = "DIR",
            description = "The CLIP whose features choose the images. Default: embedded.")
    private String backbone;

    @Option(
            names = "--port",
            defaultValue = "8090",
            paramLabel = "PORT",
            description = "Of the page; 0: any that is free. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description =
                    "Writes the answers there are, and ends: as lists, or as tasks of Label Studio if it is called"
                            + " .json.")
    private @Nullable Path export;

    @Option(
            names = "--import",
            paramLabel = "FILE.json",
            description = "Takes the annotations of tasks that Label Studio has exported, and ends.")
    private @Nullable Path imported;

    private final Services services;

    public LabelCommand(Services services) {
        this.services = services;
    }

    @Override
    public boolean needsPyTorch() {
        return export == null && imported == null;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NumClipException(Kind.MISSING, folder + ": no such folder", "name the folder with the images");
        }
        if (name.isBlank()) {
            throw new NumClipException(Kind.USAGE, "--name: expected a name", "say who answers");
        }
        Inputs.Found found = Inputs.all(List.of(folder), services.console().err()::println);
        AnswersOf of = new AnswersOf(folder, out);
        if (export != null) {
            return export(of, export);
        }
        if (!Files.exists(of.answers())) {
            create(of);
        }
        try (AnswerFile answers = of.open()) {
            refuseOtherScale(answers.about());
            if (imported != null) {
                return take(answers, imported, found);
            }
            AskedScale scale = scale(answers.about());
            LabelImages images = new Looked(services.console(), folder, backbone).images(found, scale, compare);
            return label(new Labelling(answers, out, images, scale, name.strip(), Clock.systemUTC()), answers.about());
        }
    }

    private int export(AnswersOf of, Path list) throws IOException {
        try (AnswerFile answers = of.open()) {
            if (isJson(list)) {
                LabelStudio.write(list, folder, answers);
            } else {
                LabelLists.write(list, folder, answers);
            }
        }
        boolean needsRoot = !isJson(list) && LabelLists.needsRoot(list, folder);
        services.console()
                .out()
                .println("Wrote " + PlainText.printable(list)
                        + (needsRoot ? "; who reads it needs --root " + Invocation.argument(folder) : ""));
        services.console().out().flush();
        return ExitCodes.DONE;
    }

    private static boolean isJson(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
    }

    private int take(AnswerFile answers, Path tasks, Inputs.Found found) throws IOException {
        Set<String> names = new HashSet<>();
        found.images().forEach(image -> names.add(LabelLists.relative(folder.resolve("list"), image.file())));
        LabelStudio.Taken taken = LabelStudio.read(tasks, answers, names, scale(answers.about()));
        LabelLists.write(out, folder, answers);
        services.console()
                .out()
                .println("Took " + PlainText.counted(taken.taken(), "new answer")
                        + (taken.passed() == 0
                                ? ""
                                : "; " + taken.passed() + " without an image or a number of the scale"));
        services.console().out().flush();
        return ExitCodes.DONE;
    }

    private void create(AnswersOf of) throws IOException {
        if (Files.exists(out)) {
            throw new NumClipException(
                    Kind.OUTPUT,
                    out + ": already exists, and no answers are beside it",
                    "name another list with --out");
        }
        if ((words == null) == (task == null)) {
            throw new NumClipException(
                    Kind.USAGE,
                    words == null
                            ? "no scale: neither --words nor --task is given"
                            : "--words and --task are both given",
                    "name the ends, like --words \"unripe=0, ripe=4, overripe=8\" --unit days, or a task, like --task age");
        }
        About about = new About(FORM, of.relative(), words, words == null ? null : unit(), task);
        scale(about);
        AnswerFile.create(of.answers(), about);
    }

    private String unit() {
        return unit == null || unit.isBlank() ? "points" : unit.strip();
    }

    private void refuseOtherScale(About about) {
        boolean differs = (words != null && !words.equals(about.words()))
                || (unit != null && !unit().equals(about.unit()))
                || (task != null && !task.equals(about.task()));
        if (differs) {
            throw new NumClipException(
                    Kind.USAGE,
                    out + ": the answers there are on another scale: " + described(about),
                    "leave --words, --unit and --task out to go on, or name another list with --out");
        }
    }

    private static String described(About about) {
        return PlainText.printable(
                about.task() == null
                        ? "--words \"" + about.words() + "\" --unit " + about.unit()
                        : "--task " + about.task());
    }

    private AskedScale scale(About about) {
        String recipe = about.task();
        return recipe == null
                ? AskedScale.ofWords(String.valueOf(about.words()), String.valueOf(about.unit()))
                : AskedScale.ofTask(new ExperimentReader(services.catalog()).read(recipe, List.of()));
    }

    private int label(Labelling labelling, About about) throws IOException {
        services.ending().isUsualWithin(SECONDS_TO_CLOSE);
        try (LabelServer server = LabelServer.start(labelling, folder, port)) {
            services.console()
                    .out()
                    .println("Label "
                            + PlainText.counted(labelling.images().names().size(), "image") + " at " + server.address()
                            + (compare ? "#compare" : "") + "; Ctrl-C ends it"
                            + before(labelling.known()));
            services.console().out().flush();
            awaitSignal();
        }
        services.console().out().print(Summary.text(labelling, about, folder, out));
        services.console().out().flush();
        return ExitCodes.DONE;
    }

    private static String before(int numbers) {
        return numbers == 0 ? "" : "; " + PlainText.counted(numbers, "image") + " with a number from before";
    }

    /** A signal interrupts the thread of the command. */
    private static void awaitSignal() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException signal) {
            return;
        }
    }
}
