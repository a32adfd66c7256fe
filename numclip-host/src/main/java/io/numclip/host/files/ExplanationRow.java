package io.numclip.host.files;

import io.numclip.data.Explanation;
import io.numclip.data.Explanation.Neighbour;
import io.numclip.data.Explanation.Neighbours;
import io.numclip.data.Explanation.Part;
import io.numclip.host.result.PredictedModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An explanation as named fields, for CSV and JSON. Of the columns of a table, those for each concept have a colon in their
 * names, as in {@link PredictionRow}.
 *
 * @param explanation null: of an image that has no prediction
 */
public record ExplanationRow(PredictedModel model, @Nullable Explanation explanation) {

    private static final List<String> OF_CONCEPTS = List.of("words:", "weight:", "anchor:", "number:", "part:");

    /** The columns of a table, the same for every image. */
    public static List<String> columns(PredictedModel model) {
        List<String> columns = new ArrayList<>(List.of("anchored", "moved", "refined"));
        OF_CONCEPTS.forEach(name -> model.concepts().forEach(concept -> columns.add(name + concept)));
        for (int i = 1; i <= Neighbours.MOST; i++) {
            columns.addAll(List.of("nearest" + i, "nearest" + i + "Label", "nearest" + i + "Cosine"));
        }
        columns.addAll(List.of("keptImages", "trainingImages", "unexplained"));
        return columns;
    }

    /** A cell for each of the {@link #columns}; null where nothing is known. Several wordings are joined by {@code |}. */
    public List<@Nullable Object> cells() {
        Explanation known = explanation;
        if (known == null) {
            return new ArrayList<>(Collections.nCopies(columns(model).size(), null));
        }
        boolean parts = known.hasParts();
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(parts ? known.anchored() : null);
        cells.add(parts ? known.number() - known.anchored() : null);
        cells.add(known.number());
        known.concepts()
                .forEach(concept -> cells.add(concept.words().isEmpty() ? null : String.join("|", concept.words())));
        addParts(cells, known, Part::weight);
        addParts(cells, known, Part::anchor);
        addParts(cells, known, Part::number);
        addParts(cells, known, Part::value);
        addNeighbours(cells, known.neighbours());
        cells.add(known.unexplained().isEmpty() ? null : String.join("|", known.unexplained()));
        return cells;
    }

    private static void addParts(List<@Nullable Object> cells, Explanation known, Function<Part, Double> figure) {
        for (Explanation.Concept concept : known.concepts()) {
            Part part = concept.part();
            cells.add(part == null ? null : figure.apply(part));
        }
    }

    private static void addNeighbours(List<@Nullable Object> cells, @Nullable Neighbours neighbours) {
        List<Neighbour> nearest = neighbours == null ? List.of() : neighbours.nearest();
        for (int i = 0; i < Neighbours.MOST; i++) {
            Neighbour each = i < nearest.size() ? nearest.get(i) : null;
            cells.add(each == null ? null : each.name());
            cells.add(each == null ? null : each.label());
            cells.add(each == null ? null : each.cosine());
        }
        cells.add(neighbours == null ? null : neighbours.kept());
        cells.add(neighbours == null ? null : neighbours.trained());
    }
}
