package io.numclip.dataset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a user should know about a data set that can be used but is not quite as expected. */
final class DataNotices {

    private static final int EXAMPLES = 3;

    private final String origin;
    private final Map<String, Integer> leftOut = new LinkedHashMap<>();
    private final Map<String, List<String>> filesLeftOut = new LinkedHashMap<>();
    private final List<String> deviations = new ArrayList<>();
    private final Set<String> dropped = new HashSet<>();
    private final SortedSet<String> contradicting = new TreeSet<>();
    private int repeated;
    private int repeatedWithAnotherLabel;

    DataNotices(String origin) {
        this.origin = origin;
    }

    void leaveOut(String reason) {
        leftOut.merge(reason, 1, Integer::sum);
    }

    void leaveOut(String reason, String file) {
        filesLeftOut.computeIfAbsent(reason, key -> new ArrayList<>()).add(file);
    }

    /** An entry for an image that has one before; both count. */
    void repeat(boolean anotherLabel) {
        repeated++;
        repeatedWithAnotherLabel += anotherLabel ? 1 : 0;
    }

    /** An entry for an image that has one before in the same fold and split; the first counts. */
    void drop(String place) {
        dropped.add(place);
    }

    /** An entry with another label than the one before; the first label counts. */
    void contradict(String place) {
        contradicting.add(place);
    }

    void expect(String what, int official, long here) {
        if (official != here) {
            deviations.add(here + " of " + official + " " + what);
        }
    }

    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        leftOut.forEach(
                (reason, count) -> sentences.add(origin + ": images left out because " + reason + ": " + count));
        filesLeftOut.forEach((reason, files) -> sentences.add(origin + ": files left out because " + reason + ": "
                + files.size() + ", such as "
                + files.stream().limit(EXAMPLES).collect(Collectors.joining(", "))));
        if (repeated > 0) {
            String labels = repeatedWithAnotherLabel == 0 ? "" : "; with another label: " + repeatedWithAnotherLabel;
            sentences.add(origin + ": images listed more than once, which count every time: " + repeated + labels);
        }
        if (!dropped.isEmpty()) {
            sentences.add(origin + ": images listed more than once in a fold, which count once: " + dropped.size());
        }
        if (!contradicting.isEmpty()) {
            sentences.add(origin + ": images listed again with another label, of which the first counts: "
                    + contradicting.size() + ", such as " + contradicting.first());
        }
        if (!deviations.isEmpty()) {
            sentences.add(origin + ": sizes differ from the published ones: " + String.join(", ", deviations));
        }
        return sentences;
    }
}
