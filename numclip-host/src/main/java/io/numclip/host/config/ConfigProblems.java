package io.numclip.host.config;

import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects problems, so that a user sees all of them at once. */
public final class ConfigProblems {

    private static final Comparator<ConfigProblem> IN_READING_ORDER = Comparator.comparing(
                    (ConfigProblem problem) -> problem.position().source())
            .thenComparingInt(problem -> problem.position().line())
            .thenComparingInt(problem -> problem.position().column());

    private static final int MOST_SHOWN = 50; // more would scroll the first ones away

    private final List<ConfigProblem> problems = new ArrayList<>();

    public void add(Position position, String path, String message, String hint) {
        problems.add(new ConfigProblem(position, path, message, hint));
    }

    public void add(Position position, String path, String message) {
        add(position, path, message, "");
    }

    public void addAll(ConfigProblems others) {
        problems.addAll(others.problems);
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    public int count() {
        return problems.size();
    }

    /** The paths of the settings that have problems; an empty one for a file as a whole. */
    public Set<String> paths() {
        return problems.stream().map(ConfigProblem::path).collect(Collectors.toSet());
    }

    /** @throws NumClipException see {@link #refusal} */
    public void throwIfAny() {
        refusal().ifPresent(refusal -> {
            throw refusal;
        });
    }

    /** A refusal with all problems, or the first of very many, in reading order; empty if there are none. */
    public Optional<NumClipException> refusal() {
        if (problems.isEmpty()) {
            return Optional.empty();
        }
        String text = problems.stream()
                .sorted(IN_READING_ORDER)
                .limit(MOST_SHOWN)
                .map(ConfigProblem::toString)
                .collect(Collectors.joining("\n"));
        if (problems.size() > MOST_SHOWN) {
            text += "\nand " + (problems.size() - MOST_SHOWN) + " more";
        }
        String fix = problems.size() == 1
                ? "correct this setting and start again; '" + Invocation.NAME
                        + " config components' lists every setting"
                : "correct these " + problems.size() + " settings and start again; '" + Invocation.NAME
                        + " config components' lists every setting";
        return Optional.of(new NumClipException(NumClipException.Kind.CONFIGURATION, text, fix));
    }
}
