package io.numclip.host.compare;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Results of cells that nobody has trained. */
public final class TestingCells {

    private TestingCells() {}

    /** Four images with the labels 0 to 3, each predicted too high by this error. */
    public static CellResult result(String title, double error) {
        return result(title, 0, error, List.of("", "", "", ""));
    }

    /**
     * @param moved added to every label
     * @param groups of the images, one for each
     */
    public static CellResult result(String title, double moved, double error, List<String> groups) {
        List<CellResult.Row> rows = IntStream.range(0, groups.size())
                .mapToObj(i ->
                        new CellResult.Row("image-" + i, groups.get(i), i + moved, i + moved + error, List.of(1.0)))
                .toList();
        return of(title, Map.of("mae", Math.abs(error)), Map.of("mae", 1.0), 0.5, rows);
    }

    static CellResult trial(String title, double validationMae) {
        return of(title, Map.of(), Map.of(), validationMae, List.of());
    }

    private static CellResult of(
            String title,
            Map<String, Double> model,
            Map<String, Double> constant,
            double validationMae,
            List<CellResult.Row> rows) {
        return new CellResult(
                title,
                "somebody",
                "steps",
                model,
                constant,
                Map.of(),
                1,
                validationMae,
                8,
                40,
                0.1,
                List.of("some"),
                rows);
    }
}
