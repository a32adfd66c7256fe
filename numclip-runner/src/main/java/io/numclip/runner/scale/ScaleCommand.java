package io.numclip.runner.scale;

import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Split;
import io.numclip.host.assembly.FrozenFeatures;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.host.scale.ComparedImages;
import io.numclip.host.scale.Scaled;
import io.numclip.host.scale.ScaledList;
import io.numclip.runner.report.TextLines;
import io.numclip.runner.terminal.Computes;
import io.numclip.runner.terminal.QuietOption;
import io.numclip.runner.terminal.Services;
import io.numclip.runner.terminal.Stoppable;
import io.numclip.runner.terminal.TrainingProgress;
import io.numclip.yardstick.Agreement;
import io.numclip.yardstick.Compared;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a list with numbers of a list of comparisons. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Puts images of which people have said which of two is more onto a scale, by their comparisons and by images that"
                    + " look like them, and writes a list that 'numclip init' and 'numclip train' take.",
            "The numbers of a few images fix the scale; without any, the numbers are ranks from 0 to 100."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip scale labels.pairs.csv --numbers labels.csv  what 'label' writes",
            "  numclip scale safer.csv --root photos/ --out safety.csv"
        })
public final class ScaleCommand implements Computes {

    private static final double LEAST_SHARE = 0.01;
    private static final double MOST_SHARE = 0.5;

    @Parameters(
            paramLabel = "PAIRS.csv",
            description = "A list with the columns image, other and more, which says image, other or equal.")
    private Path pairs;

    @Option(
            names = "--numbers",
            paramLabel = "LIST.csv",
            description = "A list with the columns image and value: the numbers of a few images, or of many. A column"
                    + " subject keeps images in one split.")
    private @Nullable Path numbers;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "The folder that image paths are relative to. Default: that of each list.")
    private @Nullable Path root;

    @Option(
            names = "--out",
            defaultValue = "scaled.csv",
            paramLabel = "FILE.csv",
            description = "The list to write. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(names = "--minimum", paramLabel = "NUMBER", description = "The lowest number that there is. Default: none.")
    private double minimum = Double.NEGATIVE_INFINITY;

    @Option(
            names = "--maximum",
            paramLabel = "NUMBER",
            description = "The highest number that there is. Default: none.")
    private double maximum = Double.POSITIVE_INFINITY;

    @Option(
            names = "--validation",
            defaultValue = "0.1",
            paramLabel = "SHARE",
            description = "Of the images. Default: ${DEFAULT-VALUE}.")
    private double validation;

    @Option(
            names = "--test",
            defaultValue = "0.1",
            paramLabel = "SHARE",
            description = "Of the images. Default: ${DEFAULT-VALUE}.")
    private double test;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "NUMBER",
            description = "Of the split. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--backbone",
            defaultValue = "embedded",
            paramLabel = "DIR",
            description = "The CLIP that says which images look alike. Default: embedded.")
    private String backbone;

    @Mixin
    private QuietOption quiet;

    private final Services services;

    public ScaleCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        requireShare("--validation", validation);
        requireShare("--test", test);
        if (!(minimum < maximum)) {
            throw new NumClipException(
                    Kind.USAGE,
                    "--minimum must be below --maximum; found " + minimum + " and " + maximum,
                    "correct them");
        }
        if (Files.exists(out)) {
            throw new NumClipException(Kind.OUTPUT, out + ": already exists", "name another list with --out");
        }
        return Stoppable.run(services.console(), "nothing is kept.", () -> {
            scale();
            return ExitCodes.DONE;
        });
    }

    private static void requireShare(String option, double share) {
        if (!(share >= LEAST_SHARE && share < MOST_SHARE)) {
            throw new NumClipException(
                    Kind.USAGE,
                    option + " must be a share from " + LEAST_SHARE + " to below " + MOST_SHARE + "; found " + share,
                    "give one such as 0.2");
        }
    }

    private void scale() throws IOException {
        ComparedImages given = ComparedImages.read(pairs, numbers, root);
        FrozenFeatures seen;
        try (TrainingProgress progress = new TrainingProgress(services.console(), quiet.isQuiet())) {
            seen = FrozenFeatures.of(backbone, given.images(), progress);
        }
        Scaled scaled = Scaled.of(
                given.only(seen.images()), seen.wide(), new Scaled.Plan(validation, test, seed, minimum, maximum));
        ScaledList.write(out, scaled);
        report(scaled);
    }

    private void report(Scaled scaled) {
        PrintWriter print = services.console().out();
        ComparedImages given = scaled.given();
        long equal = given.compared().stream().filter(Compared::isEqual).count();
        long known = given.hasNumber().stream().filter(has -> has).count();
        print.println(PlainText.counted(given.images().size(), "image") + ", "
                + PlainText.counted(given.compared().size(), "comparison")
                + (equal == 0 ? "" : ", " + equal + " of them equal") + "; "
                + (known == 0 ? "no numbers: ranks from 0 to 100" : PlainText.counted(known, "number")));
        print.println(PlainText.counted(count(scaled, Split.TRAIN), "image") + " to train, "
                + count(scaled, Split.VALIDATION) + " for validation, " + count(scaled, Split.TEST) + " for the test");
        scaled.heldOut().ifPresent(agreement -> print.print(TextLines.paragraph(sentence(agreement)) + "\n"));
        print.print(TextLines.paragraph("Of two images that are " + PlainText.figure(scaled.width())
                        + " apart, 73 of 100 answers name the one that is more (width of the loss bradley-terry).")
                + "\n");
        print.println("Wrote " + PlainText.printable(out) + ". Next: " + Invocation.NAME + " init --csv "
                + Invocation.argument(out) + rootOfList());
        print.flush();
    }

    private String rootOfList() {
        Path folder = ComparedImages.folder(pairs, root).normalize();
        boolean isBeside = folder.equals(out.toAbsolutePath().normalize().resolveSibling(""));
        return isBeside ? "" : " --root " + Invocation.argument(folder);
    }

    private static int count(Scaled scaled, Split split) {
        return (int) Arrays.stream(scaled.sides()).filter(split::equals).count();
    }

    private static String sentence(Agreement agreement) {
        return "A scale that is learned from training images alone is right about "
                + PlainText.percent(agreement.share()) + " of "
                + PlainText.counted(agreement.count(), "comparison") + " of other images"
                + (agreement.interval() == null
                        ? ""
                        : " (95 % interval: "
                                + PlainText.percents(
                                        agreement.interval().low(),
                                        agreement.interval().high()) + ")")
                + "; chance is right about 50 %.";
    }
}
