package io.numclip.host.assembly;

import io.numclip.data.Invocation;
import io.numclip.data.NearestName;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.Protocol;
import io.numclip.protocol.Folds;
import io.numclip.protocol.ManifestFile;
import io.numclip.spi.OrdinalTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folds that there are, and those that are requested. */
public final class FoldNames {

    private static final String RANGE = "..";

    private FoldNames() {}

    /**
     * The folds of an experiment, in order: those of its manifest, else as many as {@code protocol.folds} says, else
     * those defined by the data set's owner.
     *
     * @param tasks shared with the runs of these folds
     * @throws NumClipException if there are none
     */
    public static List<String> of(ExperimentConfig config, Tasks tasks) throws IOException {
        Protocol protocol = config.protocol();
        List<String> names = protocol.manifest().isEmpty()
                ? of(tasks.of(config), protocol)
                : ManifestFile.read(Path.of(protocol.manifest())).folds();
        if (names.isEmpty()) {
            String what =
                    protocol.manifest().isEmpty() ? "the data of the task " + config.taskName() : protocol.manifest();
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "there are no folds in " + what,
                    "split the images into folds with protocol.folds=5, or with '" + Invocation.NAME
                            + " split --folds 5'");
        }
        return names;
    }

    /**
     * Names the test fold, so that every report shows it: the first fold, if the data set's owner has defined folds and
     * the configuration names none.
     */
    static ExperimentConfig named(OrdinalTask task, ExperimentConfig config) throws IOException {
        Protocol protocol = config.protocol();
        boolean open = protocol.fold().isEmpty()
                && protocol.folds() == 0
                && protocol.manifest().isEmpty();
        List<String> folds = open ? task.folds() : List.of();
        return folds.isEmpty() ? config : config.withFold(folds.get(0));
    }

    static List<String> of(OrdinalTask task, Protocol protocol) throws IOException {
        return protocol.folds() > 0 ? Folds.names(protocol.folds()) : task.folds();
    }

    /**
     * @param choice {@code all}, names separated by commas, or a range of names such as {@code 2..4} or {@code 3..}
     * @return in the order of {@code known}, each once
     */
    public static List<String> chosen(String choice, List<String> known) {
        if (choice.equals("all")) {
            return known;
        }
        List<String> chosen = new ArrayList<>();
        for (String item : choice.split(",", -1)) {
            chosen.addAll(known.contains(item) ? List.of(item) : range(item, known));
        }
        return known.stream().filter(chosen::contains).toList();
    }

    static NumClipException unknown(String fold, List<String> known) {
        if (known.isEmpty()) {
            return new NumClipException(
                    Kind.CONFIGURATION,
                    "protocol.fold is '" + fold + "', but the data has no folds",
                    "leave it out, or split the images into folds with protocol.folds=5");
        }
        return new NumClipException(
                Kind.CONFIGURATION,
                "there is no fold '" + fold + "'" + NearestName.question(fold, known),
                "choose from " + String.join(", ", known));
    }

    private static List<String> range(String item, List<String> known) {
        int dots = item.indexOf(RANGE);
        if (dots < 0) {
            throw unknown(item, known);
        }
        String first = item.substring(0, dots);
        String last = item.substring(dots + RANGE.length());
        int from = first.isEmpty() ? 0 : known.indexOf(first);
        int to = last.isEmpty() ? known.size() - 1 : known.indexOf(last);
        if (from < 0 || to < 0) {
            throw unknown(from < 0 ? first : last, known);
        }
        if (from > to) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "'" + item + "' names no fold: the first comes after the last",
                    "write the range as " + last + RANGE + first);
        }
        return known.subList(from, to + 1);
    }
}
