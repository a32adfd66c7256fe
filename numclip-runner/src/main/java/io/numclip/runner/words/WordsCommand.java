package io.numclip.runner.words;

import io.numclip.data.Bins;
import io.numclip.data.NumClipException;
import io.numclip.host.assembly.Experiment;
import io.numclip.host.assembly.ExperimentAssembler;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.runner.report.TextLines;
import io.numclip.runner.terminal.Services;
import io.numclip.runner.terminal.SettingsOption;
import io.numclip.runner.terminal.TrainingProgress;
import io.numclip.storage.AtomicFile;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds words for the number concepts of a task. */
@Command(
        name = "words",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Proposes the words and templates that the untrained CLIP understands best. They are chosen on a few"
                        + " labelled training images, by zero-shot accuracy and the order of the prototypes; validation"
                        + " images show whether they are better than the recipe's.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip words age",
            "  numclip words my-ages.yaml --candidates my-words.yaml --images 100",
            "  numclip words age --out words.yaml     to paste into a configuration"
        })
public final class WordsCommand implements Callable<Integer> {

    /** How a file begins that has other words than the recipe. */
    static final String FOUND = "# Words by 'numclip words': ";

    /** How a file begins that has the words of the recipe. */
    static final String OWN = "# The recipe's own words: no others were better, ";

    @Parameters(paramLabel = "RECIPE|FILE.yaml", description = "The task, as for 'numclip train'.")
    private String recipe;

    @Option(
            names = "--candidates",
            paramLabel = "FILE",
            description = "YAML with 'words' (for each word of the recipe a list of others) and 'templates' (with {} in"
                    + " place of the word). Default: the candidates of the task, or else words that say about the same;"
                    + " for bins that are named by numbers, the numbers in other forms.")
    private @Nullable Path candidates;

    @Option(
            names = "--images",
            defaultValue = "200",
            paramLabel = "COUNT",
            description = "How many training images to choose on. Default: 200.")
    private int images;

    @Option(names = "--out", paramLabel = "FILE", description = "Writes the words to a file, as YAML to paste.")
    private @Nullable Path out;

    @Mixin
    private SettingsOption settings;

    private final Services services;

    public WordsCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        refuseImpossible();
        if (out != null) {
            requireFree(out);
        }
        ExperimentConfig config = new ExperimentReader(services.catalog()).read(recipe, settings.parsed());
        WordsReader reader = new WordsReader(services.catalog());
        WordsFile file = candidates == null
                ? reader.ofTask(config.task().type()).orElseGet(WordsFile::defaults)
                : reader.read(candidates);
        try (Experiment experiment = ExperimentAssembler.assemble(config);
                TrainingProgress progress = new TrainingProgress(services.console(), true)) {
            Bins bins = experiment.bins();
            WordsFragment fragment = new WordsFragment(config, bins);
            List<String> own = WordTrial.recipeTemplates(experiment);
            Candidates offered = candidates == null
                    ? Candidates.offered(bins, own, file, reader.vocabulary())
                    : Candidates.of(bins, own, file);
            WordResult result = WordTrial.run(experiment, offered, images, progress);
            report(result, offered, fragment);
        }
        return ExitCodes.DONE;
    }

    private void refuseImpossible() {
        if (images < 1) {
            throw usage("--images must be at least 1; found " + images, "give a number such as 200");
        }
    }

    private static NumClipException usage(String message, String fix) {
        return new NumClipException(NumClipException.Kind.USAGE, message, fix);
    }

    /**
     * Looks at the place before there is work that could be lost.
     *
     * @throws NumClipException if the file is read by the command, or is none that it has written
     */
    private void requireFree(Path file) throws IOException {
        AtomicFile.writeIf(file, channel -> false);
        if (!Files.exists(file)) {
            return;
        }
        if (isRead(file)) {
            throw refused(file, "is read by this command and would be replaced");
        }
        if (!isEarlier(file)) {
            throw refused(file, "already exists, and was not written by this command");
        }
    }

    private boolean isRead(Path file) throws IOException {
        File named = new File(recipe); // perhaps a name, which is no path everywhere
        for (File read : Stream.of(named, candidates == null ? null : candidates.toFile())
                .filter(Objects::nonNull)
                .toList()) {
            if (read.exists() && Files.isSameFile(file, read.toPath())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEarlier(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            String head = new String(bytes.readNBytes(OWN.length()), StandardCharsets.UTF_8);
            return head.startsWith(FOUND) || head.startsWith(OWN);
        }
    }

    private static NumClipException refused(Path file, String why) {
        return new NumClipException(NumClipException.Kind.OUTPUT, file + ": " + why, "give another name with --out");
    }

    private void report(WordResult result, Candidates offered, WordsFragment fragment) throws IOException {
        PrintWriter print = services.console().out();
        print.println(PlainText.counted(offered.wordCount(), "word") + " for "
                + PlainText.counted(result.bins().size(), "bin") + ", "
                + offered.templates().size() + " templates");
        if (!offered.withoutOthers().isEmpty()) {
            print.println(TextLines.paragraph("No other words are known for "
                    + String.join(", ", offered.withoutOthers()) + ": --candidates FILE names some (docs/words.md)."));
        }
        print.println();
        print.println(WordsReport.text(result));
        String yaml = yaml(result, fragment);
        if (out == null) {
            print.print(yaml);
        } else {
            AtomicFile.write(out, yaml);
            print.println("Written: " + PlainText.printable(out));
        }
        print.flush();
    }

    private String yaml(WordResult result, WordsFragment fragment) {
        String counts = result.proposal().heldOut().right() + " against "
                + result.recipe().heldOut().right() + " of "
                + PlainText.counted(result.recipe().heldOut().count(), "validation image")
                + " right without training\n";
        return result.isBetter()
                ? FOUND + counts + fragment.yaml(result.proposedWords(), result.proposedTemplates())
                : OWN + counts + fragment.recipe();
    }
}
