package io.numclip.dataset;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a user's data, to report it all at once: the first ten problems, then a count. */
final class DataProblems {

    private static final int SHOWN = 10;

    private final boolean onePerPlace;
    private final List<String> first = new ArrayList<>();
    private final List<Integer> alike = new ArrayList<>(); // further problems at the place of each of the first
    private final Set<String> fixes = new LinkedHashSet<>();
    private @Nullable String lastPlace;
    private int count;
    private boolean lastIsShown;

    /** @param onePerPlace whether what is wrong at one place, one after the other, is one problem */
    DataProblems(boolean onePerPlace) {
        this.onePerPlace = onePerPlace;
    }

    /** @param fix the same words for all problems that need the same; each is said once */
    void add(String place, String what, String fix) {
        add(place, what, fix, SHOWN);
    }

    /** @param shown of this kind, instead of the first ten */
    void add(String place, String what, String fix, int shown) {
        fixes.add(fix);
        if (onePerPlace && place.equals(lastPlace)) {
            countAlike();
            return;
        }
        lastPlace = place;
        count++;
        lastIsShown = first.size() < shown;
        if (lastIsShown) {
            first.add(place + ": " + what);
            alike.add(0);
        }
    }

    private void countAlike() {
        if (lastIsShown) {
            alike.set(first.size() - 1, alike.get(first.size() - 1) + 1);
        }
    }

    /** @param what heading of the list when there is more than one problem; the count comes before it */
    void throwIfAny(Kind kind, String what) {
        if (count == 0) {
            return;
        }
        String fix = String.join("; ", fixes);
        if (count == 1) {
            throw new NumClipException(kind, line(0), fix);
        }
        String lines = IntStream.range(0, first.size()).mapToObj(this::line).collect(Collectors.joining("\n  "));
        String more = count > first.size() ? "\n  and " + (count - first.size()) + " more" : "";
        throw new NumClipException(kind, count + " " + what + ":\n  " + lines + more, fix);
    }

    private String line(int index) {
        int others = alike.get(index);
        return first.get(index) + (others == 0 ? "" : ", and " + others + " more there");
    }
}
