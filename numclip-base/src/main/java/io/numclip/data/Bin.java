package io.numclip.data;

/**
 * A number concept: a word, the labels it stands for, and the number that represents them.
 *
 * @param concept the word, such as {@code teenager}
 * @param lower lowest label, inclusive
 * @param upper first label of the next bin; for the last bin the top of the scale, inclusive
 * @param anchor the number that stands for the bin, within {@code [lower, upper]}
 */
public record Bin(String concept, double lower, double upper, double anchor) {

    public Bin {
        if (concept.isBlank()) {
            throw new IllegalArgumentException("a bin needs a concept; found a blank one");
        }
        if (!Double.isFinite(lower) || !Double.isFinite(upper) || lower >= upper) {
            throw new IllegalArgumentException(
                    "bin '" + concept + "' needs lower < upper, both finite; found " + lower + " and " + upper);
        }
        if (!(anchor >= lower && anchor <= upper)) {
            throw new IllegalArgumentException(
                    "bin '" + concept + "' needs an anchor within [" + lower + ", " + upper + "]; found " + anchor);
        }
    }

    public double midpoint() {
        return (lower + upper) / 2;
    }
}
