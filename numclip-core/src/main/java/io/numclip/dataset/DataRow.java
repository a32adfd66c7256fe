package io.numclip.dataset;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One row of a data set's list.
 *
 * @param place for messages, such as {@code AVA.txt:17}
 * @param columns names of the columns; empty where the list has no header row
 */
public record DataRow(String place, List<String> columns, List<String> fields) {

    static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    public DataRow {
        columns = List.copyOf(columns);
        fields = List.copyOf(fields);
    }

    /**
     * The field as it is written, with the spaces around it, which belong to the name of a file.
     *
     * @throws BadRowException if the row is too short, or the list has no such column
     */
    public String text(String column) throws BadRowException {
        int index = columns.indexOf(column);
        if (index < 0 || index >= fields.size()) {
            throw new BadRowException("no column '" + column + "'; " + fields.size() + " fields found");
        }
        return fields.get(index);
    }

    /**
     * As {@link #text(String)}.
     *
     * @param index from 0
     * @throws BadRowException if the row is too short
     */
    public String text(int index) throws BadRowException {
        if (index >= fields.size()) {
            throw new BadRowException("expected at least " + (index + 1) + " fields, found " + fields.size());
        }
        return fields.get(index);
    }

    /** @throws BadRowException if there is no such column or its field is not a number */
    public double number(String column) throws BadRowException {
        return number("column '" + column + "'", text(column));
    }

    /**
     * @param index from 0
     * @throws BadRowException if the row is too short or the field is not a number
     */
    public double number(int index) throws BadRowException {
        return number("field " + (index + 1), text(index));
    }

    private static double number(String what, String text) throws BadRowException {
        String digits = text.strip();
        if (!NUMBER.matcher(digits).matches()) {
            throw new BadRowException(what + ": '" + text + "' is not a number");
        }
        return Double.parseDouble(digits);
    }
}
