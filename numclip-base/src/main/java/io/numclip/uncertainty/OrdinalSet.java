package io.numclip.uncertainty;

import io.numclip.data.Prediction;

/**
 * A set of neighbouring bins, grown from the likeliest bin towards the likelier neighbour (Lu et al., MICCAI 2022,
 * "Improving Trustworthiness of AI Disease Severity Rating in Medical Imaging with Ordinal Conformal Prediction Sets").
 *
 * @param first index of the lowest bin
 * @param last index of the highest bin
 */
record OrdinalSet(int first, int last) {

    /**
     * How much probability the set has before it grows to a bin: 0 for the likeliest bin.
     *
     * @param probabilities (K)
     */
    public static double score(double[] probabilities, int bin) {
        Growth growth = new Growth(probabilities);
        double before = 0;
        while (!growth.set().contains(bin)) {
            before = growth.mass;
            growth.grow();
        }
        return before;
    }

    /** All bins with a score up to the threshold, so never empty. */
    public static OrdinalSet of(double[] probabilities, double threshold) {
        Growth growth = new Growth(probabilities);
        while (growth.set().size() < probabilities.length && growth.mass <= threshold) {
            growth.grow();
        }
        return growth.set();
    }

    public int size() {
        return last - first + 1;
    }

    public boolean contains(int bin) {
        return bin >= first && bin <= last;
    }

    private static final class Growth {

        private final double[] probabilities;
        private int first;
        private int last;
        private double mass;

        Growth(double[] probabilities) {
            this.probabilities = probabilities;
            first = Prediction.indexOfLargest(probabilities);
            last = first;
            mass = probabilities[first];
        }

        void grow() {
            boolean atTop = last == probabilities.length - 1;
            boolean down = atTop || (first > 0 && probabilities[first - 1] > probabilities[last + 1]);
            int next = down ? --first : ++last;
            mass += probabilities[next];
        }

        OrdinalSet set() {
            return new OrdinalSet(first, last);
        }
    }
}
