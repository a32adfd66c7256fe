package io.numclip.runner.report;

import io.numclip.runner.Console;

/** Text of others in a CSV file that a spreadsheet may open. */
public final class CsvCells {

    private CsvCells() {}

    /** Where a spreadsheet would take the text for a formula, an apostrophe goes before it. */
    public static String text(String text) {
        String printable = Console.printable(text);
        boolean formula = !printable.isEmpty() && "=+-@".indexOf(printable.charAt(0)) >= 0;
        return formula ? "'" + printable : printable;
    }
}
