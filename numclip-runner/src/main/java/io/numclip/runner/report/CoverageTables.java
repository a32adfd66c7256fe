package io.numclip.runner.report;

import io.numclip.data.LabelScale;
import io.numclip.uncertainty.coverage.CoverageReport;
import io.numclip.uncertainty.coverage.CoverageReport.BinCoverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How reliable the intervals of a model are: coverage and widths on test images. */
public final class CoverageTables {

    /** The row of all images in the table of the bins. */
    static final String ALL = "all images";

    private static final double DEVIATIONS = 1.96; // of a normal distribution: 95 %

    private CoverageTables() {}

    /** The text for the terminal; it ends with a line break. */
    public static String text(CoverageReport report, LabelScale scale) {
        return TextLines.paragraph(lead(report, scale.unit()))
                + "\n"
                + forms(report).text()
                + (report.bins().isEmpty() ? "" : "\n" + bins(report).text())
                + notes(report, scale.unit()).stream()
                        .map(note -> TextLines.paragraph(note) + "\n")
                        .collect(Collectors.joining())
                + report.cuts().stream()
                        .map(cut -> "\n" + CutTables.text(cut, scale))
                        .collect(Collectors.joining());
    }

    /** The promised coverage, and how far one run may be from it by the choice of its calibration and test images. */
    static String lead(CoverageReport report, String unit) {
        double chance = report.promised() * (1 - report.promised());
        double byCalibration = chance / (report.calibration().effective() + 2);
        double byTest = chance / report.test().effective();
        return String.format(
                Locale.ROOT,
                "Intervals for a coverage of %s, from %d calibration images; in 19 of 20 runs the coverage is within"
                        + " ± %.3f of that. Widths in %s:",
                report.promised(),
                report.calibration().images(),
                DEVIATIONS * Math.sqrt(byCalibration + byTest),
                unit);
    }

    static Table forms(CoverageReport report) {
        Table forms =
                new Table("interval", "coverage", "width", "least spread", "most spread", "least error", "most error");
        report.intervals()
                .forEach((form, intervals) -> forms.row(
                        form,
                        figure(intervals.coverage()),
                        figure(intervals.meanWidth()),
                        figure(intervals.leastSpread()),
                        figure(intervals.mostSpread()),
                        figure(intervals.leastError()),
                        figure(intervals.mostError())));
        return forms;
    }

    /** All images first. */
    static Table bins(CoverageReport report) {
        List<String> header = new ArrayList<>(List.of("coverage of values in", "images"));
        List<Object> all = new ArrayList<>(List.of(ALL, report.test().images()));
        report.intervals().forEach((form, intervals) -> {
            header.add(form.toString());
            all.add(figure(intervals.coverage()));
        });
        Table bins = new Table(header, List.of(all));
        for (BinCoverage bin : report.bins()) {
            List<Object> row = new ArrayList<>(List.of(bin.concept(), bin.images()));
            bin.coverage().values().forEach(coverage -> row.add(figure(coverage)));
            bins.row(row.toArray());
        }
        return bins;
    }

    static List<String> notes(CoverageReport report, String unit) {
        List<String> notes = new ArrayList<>();
        report.merged()
                .forEach(together ->
                        notes.add("The per-bin form has too few images to tell " + String.join(", ", together)
                                + " apart: they share one width, and its promise holds for them together."));
        notes.add("Sets of concepts: coverage " + figure(report.sets().coverage()) + ", "
                + figure(report.sets().meanSize()) + " concepts on average.");
        notes.add("Chances of the concepts: negative log-likelihood "
                + figure(report.chances().negativeLogLikelihood()) + ", by the coarse head alone "
                + figure(report.words().negativeLogLikelihood()) + "; calibration error "
                + figure(report.chances().expectedCalibrationError()) + ", by the coarse head alone "
                + figure(report.words().expectedCalibrationError()) + ".");
        if (report.abstained().images() > 0) {
            Double mae = report.abstained().answeredMae();
            notes.add("Abstained: " + report.abstained().images() + " of "
                    + report.test().images()
                    + (mae == null ? "." : "; MAE of the others " + figure(mae) + " " + unit + "."));
        }
        Integer strange = report.strange();
        if (strange != null) {
            notes.add("Images that look unlike those of the training: " + strange + " of "
                    + report.test().images() + ".");
        }
        if (report.outOfRange() > 0) {
            notes.add("Values outside the range of the training labels: " + report.outOfRange() + ".");
        }
        return notes;
    }

    private static Measure figure(double figure) {
        return Measure.of(figure, String.format(Locale.ROOT, "%.3f", figure));
    }
}
