package io.numclip.runner.report;

import io.numclip.host.run.RunResult;
import io.numclip.training.EpochResult;
import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts as PNG. */
public final class Charts {

    private static final Color POINTS = new Color(36, 99, 235, 110);
    private static final Color LINE = new Color(150, 160, 170);

    private Charts() {}

    /** Predictions over labels, with the line on which both are equal. */
    public static byte[] scatter(RunResult result) {
        DoubleSummaryStatistics values =
                Arrays.stream(result.predictions().values()).summaryStatistics();
        double low = Math.min(result.scale().minimum(), values.getMin());
        double high = Math.max(result.scale().maximum(), values.getMax());
        String unit = result.scale().unit();
        XYChart chart = chart(result.config().task().type() + ", test images", "label, " + unit, "prediction, " + unit);
        chart.getStyler().setXAxisMin(low).setXAxisMax(high).setYAxisMin(low).setYAxisMax(high);
        chart.addSeries("exact", new double[] {low, high}, new double[] {low, high})
                .setXYSeriesRenderStyle(XYSeriesRenderStyle.Line)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(LINE);
        chart.addSeries(
                        "predictions",
                        result.predictions().labels(),
                        result.predictions().values())
                .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
                .setMarker(SeriesMarkers.CIRCLE)
                .setMarkerColor(POINTS);
        return png(chart);
    }

    /** Validation MAE over epochs. */
    static byte[] epochs(RunResult result) {
        List<EpochResult> epochs = result.training().epochs();
        XYChart chart =
                chart("Training", "epoch", "validation MAE, " + result.scale().unit());
        chart.addSeries(
                        "validation MAE",
                        epochs.stream().mapToDouble(EpochResult::epoch).toArray(),
                        epochs.stream().mapToDouble(EpochResult::validationMae).toArray())
                .setMarker(SeriesMarkers.CIRCLE)
                .setMarkerColor(POINTS)
                .setLineColor(POINTS);
        return png(chart);
    }

    private static XYChart chart(String title, String x, String y) {
        XYChart chart = new XYChartBuilder()
                .width(560)
                .height(480)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        chart.getStyler().setLegendVisible(false).setLegendPosition(LegendPosition.InsideNW);
        chart.getStyler().setChartBackgroundColor(Color.WHITE).setPlotBorderVisible(false);
        chart.getStyler().setMarkerSize(6);
        return chart;
    }

    private static byte[] png(Chart<?, ?> chart) {
        try {
            return BitmapEncoder.getBitmapBytes(chart, BitmapEncoder.BitmapFormat.PNG);
        } catch (IOException failure) {
            throw new UncheckedIOException("a chart in memory could not be drawn", failure);
        }
    }
}
