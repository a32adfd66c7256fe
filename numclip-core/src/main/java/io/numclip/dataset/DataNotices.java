package io.numclip.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a user should know about a data set that can be used but is not quite as expected. */
final class DataNotices {

    private final String origin;
    private final Map<String, Integer> leftOut = new LinkedHashMap<>();
    private final List<String> deviations = new ArrayList<>();
    private int repeated;

    DataNotices(String origin) {
        this.origin = origin;
    }

    void leaveOut(String reason) {
        leftOut.merge(reason, 1, Integer::sum);
    }

    void repeat() {
        repeated++;
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
        if (repeated > 0) {
            sentences.add(origin + ": images listed more than once, which count every time: " + repeated);
        }
        if (!deviations.isEmpty()) {
            sentences.add(origin + ": sizes differ from the published ones: " + String.join(", ", deviations));
        }
        return sentences;
    }
}
