package io.numclip.dataset;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.numclip.data.LabelScale;
import io.numclip.data.NearestName;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Region;
import io.numclip.data.Split;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The columns of a list, by its header row. */
final class CsvColumns {

    private static final int MOST_SHOWN = 20;
    private static final int LONGEST_SHOWN = 60;

    private static final String SPLIT = "split";
    private static final String FIX =
            "name the columns with task.data.imageColumn and task.data.labelColumn (init: --image-column, --label-column)";

    private static final String FIX_FOR_REGIONS = "complete or rename the columns of the regions";

    private final List<String> names;
    private final int image;
    private final int label;
    private final int split; // -1: the list names no splits
    private final boolean regions;

    private CsvColumns(List<String> names, int image, int label) {
        this.names = names;
        this.image = image;
        this.label = label;
        this.split = names.indexOf(SPLIT);
        this.regions = Region.isIn(names);
    }

    static CsvColumns of(Path file, CsvRecord header, TaskData data) {
        List<String> names = header.getFields().stream().map(String::strip).toList();
        DataProblems problems = new DataProblems(false);
        for (String name : List.of(data.imageColumn(), data.labelColumn())) {
            if (!names.contains(name)) {
                problems.add(
                        file + ":" + header.getStartingLineNumber(),
                        "no column '" + name + "'" + NearestName.question(name, names) + " Columns found: "
                                + shown(names) + ".",
                        FIX);
            }
        }
        if (new HashSet<>(names).size() < names.size()) {
            problems.add(file.toString(), "a column name appears twice in " + shown(names), FIX);
        }
        try {
            Region.isIn(names);
        } catch (IllegalArgumentException e) {
            problems.add(file + ":" + header.getStartingLineNumber(), e.getMessage() + "", FIX_FOR_REGIONS);
        }
        problems.throwIfAny(Kind.DATA, "faults in the header");
        return new CsvColumns(names, names.indexOf(data.imageColumn()), names.indexOf(data.labelColumn()));
    }

    /** The first few, cut where they are long: a file that is no list may have thousands. */
    private static String shown(List<String> names) {
        String first = names.stream()
                .limit(MOST_SHOWN)
                .map(name -> name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) + "…" : name)
                .collect(Collectors.joining(", "));
        return names.size() > MOST_SHOWN ? first + " and " + (names.size() - MOST_SHOWN) + " more" : first;
    }

    void requireAllFields(CsvRecord row) throws BadRowException {
        if (row.getFieldCount() != names.size()) {
            throw new BadRowException(row.getFieldCount() + " fields, the header has " + names.size());
        }
    }

    String image(CsvRecord row) throws BadRowException {
        String cell = row.getField(image);
        if (cell.isBlank()) {
            throw new BadRowException("column '" + names.get(image) + "' is empty");
        }
        return cell;
    }

    double label(CsvRecord row, LabelScale scale) throws BadRowException {
        String cell = row.getField(label).strip();
        if (!DataRow.NUMBER.matcher(cell).matches()) {
            throw new BadRowException("column '" + names.get(label) + "': '" + cell + "' is not a number");
        }
        double value = Double.parseDouble(cell);
        Optional<String> problem = scale.problem(value);
        if (problem.isPresent()) {
            throw new BadRowException("column '" + names.get(label) + "': " + cell + " is " + problem.get());
        }
        return value;
    }

    /** Empty where the list names no splits. */
    Optional<Split> split(CsvRecord row) throws BadRowException {
        if (split < 0) {
            return Optional.empty();
        }
        String cell = row.getField(split).strip();
        return Optional.of(
                switch (lower(cell)) {
                    case "train" -> Split.TRAIN;
                    case "validation", "val" -> Split.VALIDATION;
                    case "test" -> Split.TEST;
                    default ->
                        throw new BadRowException(
                                "column 'split': '" + cell + "' is neither train, validation nor test");
                });
    }

    /** Empty: the whole picture. */
    Optional<Region> region(CsvRecord row) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (regions) {
            Region.NAMES.forEach(name -> fields.put(name, row.getField(names.indexOf(name))));
        }
        return Region.read(fields);
    }

    /** The further columns. */
    Map<String, String> attributes(CsvRecord row) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (i != image && i != label && i != split && !(regions && Region.NAMES.contains(names.get(i)))) {
                attributes.put(names.get(i), row.getField(i).strip());
            }
        }
        return attributes;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
