package io.numclip.runner.report;

import io.numclip.data.Prediction;
import io.numclip.data.Uncertainty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns that say how sure predictions are; none where a model is not calibrated. */
final class UncertaintyCells {

    private static final List<String> FIRST = List.of("lower", "upper", "set");
    private static final List<String> LAST = List.of("abstained", "outOfRange");

    private UncertaintyCells() {}

    /** @param thresholds lower edges of all bins but the first */
    static List<String> header(List<Double> thresholds) {
        List<String> header = new ArrayList<>(FIRST);
        thresholds.forEach(threshold -> header.add("atLeast" + Pictures.number(threshold)));
        header.addAll(LAST);
        return header;
    }

    /** The lower edges that the uncertainty speaks of. */
    static List<Double> thresholds(Uncertainty uncertainty) {
        return uncertainty.atLeast().stream()
                .map(Uncertainty.AtLeast::threshold)
                .toList();
    }

    static List<String> row(Uncertainty uncertainty) {
        List<String> row = new ArrayList<>();
        row.add(String.valueOf(uncertainty.interval().lower()));
        row.add(String.valueOf(uncertainty.interval().upper()));
        row.add(CsvCells.text(set(uncertainty)));
        uncertainty.atLeast().forEach(atLeast -> row.add(String.valueOf(atLeast.probability())));
        row.add(String.valueOf(uncertainty.abstained()));
        row.add(String.valueOf(uncertainty.outOfRange()));
        return row;
    }

    static Map<String, Object> json(Uncertainty uncertainty) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("lower", uncertainty.interval().lower());
        json.put("upper", uncertainty.interval().upper());
        json.put("coverage", uncertainty.coverage());
        json.put("set", uncertainty.concepts());
        json.put("atLeast", uncertainty.atLeast());
        json.put("abstained", uncertainty.abstained());
        json.put("outOfRange", uncertainty.outOfRange());
        return json;
    }

    /** Of an image without an answer. */
    static List<String> empty(List<Double> thresholds) {
        return Collections.nCopies(header(thresholds).size(), "");
    }

    /** Concepts with a bar between them. */
    static String set(Uncertainty uncertainty) {
        return String.join("|", uncertainty.concepts());
    }

    /** Such as {@code , 29.10 to 39.80, young adult or middle adult}; empty where it is not known. */
    static String text(Prediction prediction) {
        Uncertainty uncertainty = prediction.uncertainty();
        if (uncertainty == null) {
            return "";
        }
        return ", " + Pictures.number(uncertainty.interval().lower()) + " to "
                + Pictures.number(uncertainty.interval().upper()) + ", "
                + String.join(" or ", uncertainty.concepts())
                + (uncertainty.abstained() ? ", abstained: the interval is too wide" : "")
                + (uncertainty.outOfRange() ? ", outside the training labels" : "");
    }
}
