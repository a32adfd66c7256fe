package io.numclip.host.config;

import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    public int count() {
        return problems.size();
    }

    /** @throws NumClipException with all problems, or the first of very many, in reading order, if there are any */
    public void throwIfAny() {
        if (problems.isEmpty()) {
            return;
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
                ? "correct this setting and start again; '" + Invocation.NAME + " components' lists every setting"
                : "correct these " + problems.size() + " settings and start again; '" + Invocation.NAME
                        + " components' lists every setting";
        throw new NumClipException(NumClipException.Kind.CONFIGURATION, text, fix);
    }
}
