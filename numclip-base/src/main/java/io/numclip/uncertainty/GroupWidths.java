package io.numclip.uncertainty;

import io.numclip.data.LabeledImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A width for each value of an attribute, so that the promise holds among the images of each (Mondrian conformal
 * prediction; Vovk et al. 2005, section 4.5). Which values are groups of their own is decided on the images that shape
 * the scores; all others, also those that were never seen, form one group, {@value #OTHERS}. A group that chance left
 * too few calibration images has intervals without an end, for nothing less can be promised.
 *
 * @param attribute such as {@code sex}
 * @param widths by value: half the width of an interval of difficulty 1
 */
public record GroupWidths(String attribute, Map<String, Double> widths) {

    static final String OTHERS = "others";

    private static final int RESERVE = 2; // so that chance seldom leaves a group with too few calibration images

    /** @throws IllegalArgumentException if one is missing, as in a damaged file */
    public GroupWidths {
        if (attribute == null || widths == null) {
            throw new IllegalArgumentException("widths or their attribute are missing");
        }
        widths = Map.copyOf(widths);
    }

    /** @param scores (n) of the calibration images */
    static GroupWidths fit(
            String attribute,
            List<LabeledImage> shaping,
            List<LabeledImage> calibrating,
            double[] scores,
            double coverage) {
        Map<String, Long> expected = shaping.stream()
                .map(image -> image.attribute(attribute))
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        double enough = RESERVE * ConformalQuantile.fewest(coverage) * (double) shaping.size() / calibrating.size();
        Map<String, Double> widths = new HashMap<>();
        expected.values().removeIf(count -> count < enough);
        expected.remove("");
        expected.put(OTHERS, 0L);
        expected.keySet().forEach(group -> {
            double[] own = IntStream.range(0, scores.length)
                    .filter(n -> group.equals(group(calibrating.get(n).attribute(attribute), expected)))
                    .mapToDouble(n -> scores[n])
                    .toArray();
            widths.put(group, ConformalQuantile.orInfinity(own, coverage));
        });
        return new GroupWidths(attribute, widths);
    }

    /**
     * @param attributes of the image; if they do not say which group it is of, it may be of any, and has the largest
     *     width
     */
    double of(Map<String, String> attributes) {
        String value = attributes.getOrDefault(attribute, "").strip();
        return value.isEmpty()
                ? widths.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElseThrow()
                : widths.get(group(value, widths));
    }

    /** That a value has no width of its own; empty if it has one, or is not known. */
    Optional<String> doubt(Map<String, String> attributes) {
        String value = attributes.getOrDefault(attribute, "").strip();
        return value.isEmpty() || widths.containsKey(value)
                ? Optional.empty()
                : Optional.of("no group of its own for " + attribute + " '" + value + "', so intervals are those of "
                        + OTHERS + "; the groups are " + String.join(", ", new TreeSet<>(widths.keySet())));
    }

    private static String group(String value, Map<String, ?> groups) {
        return groups.containsKey(value) ? value : OTHERS;
    }
}
