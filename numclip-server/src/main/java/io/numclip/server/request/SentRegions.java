package io.numclip.server.request;

import io.numclip.data.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The regions of a request; all that are none are told at once. */
final class SentRegions {

    private final String pointer;
    private final List<String> problems = new ArrayList<>();

    /** @param pointer to the list that they are in, with a slash behind it */
    SentRegions(String pointer) {
        this.pointer = pointer;
    }

    /**
     * @param numbers left, top, width and height, each of which may be null
     * @return null: the whole picture, or none that can be used
     */
    @Nullable
    Region read(int index, @Nullable Object[] numbers) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        for (int i = 0; i < numbers.length; i++) {
            fields.put(Region.NAMES.get(i), numbers[i]);
        }
        try {
            return Region.read(fields).orElse(null);
        } catch (IllegalArgumentException e) {
            problems.add(pointer + index + ": " + e.getMessage());
            return null;
        }
    }

    /** @throws RefusedException 400 */
    void throwIfAnyIsWrong() {
        if (!problems.isEmpty()) {
            throw RefusedException.malformed(
                    String.join("\n", problems), "send left, top, width and height in pixels of the upright picture");
        }
    }
}
