package io.numclip.model;

import io.numclip.data.Bins;
import io.numclip.data.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Says in number concepts what a network found for its classes: the probability of a concept is the sum of those of the
 * classes whose anchors it contains.
 */
final class ClassConcepts {

    private final Bins concepts;
    private final int[] conceptOf; // (K classes)

    ClassConcepts(Bins classes, Bins concepts) {
        this.concepts = concepts;
        conceptOf = new int[classes.size()];
        for (int k = 0; k < conceptOf.length; k++) {
            conceptOf[k] = classes.equals(concepts)
                    ? k
                    : concepts.indexOf(classes.get(k).anchor());
        }
    }

    Bins concepts() {
        return concepts;
    }

    /** The classes of a concept. */
    int[] members(int concept) {
        return IntStream.range(0, conceptOf.length)
                .filter(k -> conceptOf[k] == concept)
                .toArray();
    }

    /** @param probabilities (K) of the classes */
    List<Prediction.Concept> concepts(double[] probabilities) {
        double[] sums = new double[concepts.size()];
        for (int k = 0; k < conceptOf.length; k++) {
            sums[conceptOf[k]] += probabilities[k];
        }
        List<Prediction.Concept> all = new ArrayList<>();
        for (int c = 0; c < sums.length; c++) {
            all.add(new Prediction.Concept(concepts.get(c).concept(), Math.min(1, sums[c])));
        }
        return all;
    }
}
