package io.numclip.runner.report;

import io.numclip.data.Invocation;
import io.numclip.host.files.FinishedRun;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.RunFolder;
import io.numclip.host.result.RunMetrics;
import io.numclip.runner.page.Tag;
import io.numclip.storage.RegularFile;
import io.numclip.training.progress.EpochResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** When, where and how a run was made, and how to make it again. */
public final class About {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private About() {}

    static List<Tag> of(FinishedRun run) {
        return List.of(facts(run), again(run), files(run.folder()), config(run.config()));
    }

    /** The whole configuration, folded away. */
    public static Tag config(String yaml) {
        return Tag.folded(
                "Configuration, with every setting", Tag.of("pre", yaml).set("tabindex", 0));
    }

    private static Tag facts(FinishedRun run) {
        RunMetrics metrics = run.metrics();
        Tag facts = Tag.styled("dl", "facts");
        run.made().ifPresent(made -> {
            fact(facts, "Finished", DATE.format(made.finished()));
            fact(facts, "Took", took(made.took(), run.epochs()));
            fact(facts, "Machine", made.machine());
        });
        fact(
                facts,
                "Versions",
                metrics.versions().entrySet().stream()
                        .map(version -> version.getKey() + " " + version.getValue())
                        .collect(Collectors.joining(", ")));
        fact(facts, "Method", metrics.comparison().trained().model());
        fact(facts, "Base CLIP", run.model().baseReference());
        fact(facts, "Seed", String.valueOf(metrics.seed()));
        fact(facts, "Images, as SHA-256", metrics.dataHash());
        List<String> skipped = metrics.skippedImages();
        if (!skipped.isEmpty()) {
            fact(
                    facts,
                    "Left out",
                    PlainText.counted(skipped.size(), "image") + " that could not be read: "
                            + skipped.stream().limit(5).collect(Collectors.joining(", ")));
        }
        return facts;
    }

    private static void fact(Tag facts, String name, String text) {
        if (!text.isBlank()) {
            facts.add(Tag.of("dt", name), Tag.of("dd", text));
        }
    }

    /** Epochs that an earlier process has trained are not part of what the last one took. */
    private static String took(Duration last, List<EpochResult> epochs) {
        if (epochs.isEmpty()) {
            return words(last);
        }
        Duration training = Duration.ofMillis(Math.round(
                1000 * epochs.stream().mapToDouble(EpochResult::seconds).sum()));
        return training.compareTo(last) > 0
                ? words(training) + " of training, in several parts"
                : words(last) + ", " + words(training) + " of it training";
    }

    private static String words(Duration time) {
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    private static Tag again(FinishedRun run) {
        Path folder = run.folder().path();
        Path shown =
                folder.isAbsolute() ? folder.getFileName() : folder; // a page for others names no place of this machine
        return Tag.of(
                "div",
                Tag.of("h3", "To make it again"),
                Tag.of("pre", Invocation.NAME + " train " + Invocation.argument(shown + "/config.yaml")),
                Tag.styled(
                        "p",
                        "quiet",
                        "With the same images, versions and number of threads the figures are the same; the SHA-256"
                                + " above says whether the images are."));
    }

    private static Tag files(RunFolder folder) {
        Stream<Path> others = Stream.of(
                        folder.predictions(), folder.epochs(), folder.epochLines(), folder.config(), folder.made())
                .filter(RegularFile::exists); // an earlier version has made fewer
        List<String> files = Stream.concat(Stream.of(folder.metrics()), others) // it is written after the page
                .map(file -> String.valueOf(file.getFileName()))
                .toList();
        return Tag.links("Beside this page: ", files, "");
    }
}
