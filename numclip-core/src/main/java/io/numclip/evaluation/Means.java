package io.numclip.evaluation;

/** Means over rows that are weighted by counts. */
final class Means {

    private Means() {}

    /** @param counts at least one above 0 */
    static double of(double[] column, int[] counts) {
        double sum = 0;
        long total = 0;
        for (int i = 0; i < column.length; i++) {
            sum += counts[i] * column[i];
            total += counts[i];
        }
        return sum / total;
    }

    /** @param counts at least one above 0 */
    static double of(int[] column, int[] counts) {
        long sum = 0;
        long total = 0;
        for (int i = 0; i < column.length; i++) {
            sum += (long) counts[i] * column[i];
            total += counts[i];
        }
        return (double) sum / total;
    }
}
