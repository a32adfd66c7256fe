package io.numclip.dataset;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a user's data, to report it all at once: the first ten problems, then a count. */
final class DataProblems {

    private static final int SHOWN = 10;

    private final List<String> first = new ArrayList<>();
    private int count;

    void add(String problem) {
        if (count++ < SHOWN) {
            first.add(problem);
        }
    }

    /** @param what heading of the list when there is more than one problem; the count comes before it */
    void throwIfAny(Kind kind, String what, String fix) {
        if (count == 0) {
            return;
        }
        if (count == 1) {
            throw new NumClipException(kind, first.get(0), fix);
        }
        String more = count > SHOWN ? "\n  and " + (count - SHOWN) + " more" : "";
        throw new NumClipException(kind, count + " " + what + ":\n  " + String.join("\n  ", first) + more, fix);
    }
}
