package io.numclip.runner.words;

import java.util.ArrayList;
import java.util.List;

/**
 * Coordinate ascent over the words, for fixed templates: one bin after another takes the word with the highest score,
 * until none changes. At equal scores the earlier word is kept, so that the recipe's own stay if others are no better.
 */
final class Ascent {

    private static final double EPSILON = 1e-9;

    private final Candidates candidates;
    private final SeenImages images;
    private final List<Integer> templates;
    private final List<float[]> prototypes; // R
    private final double[][] similarities; // (N, R)
    private final int[] firsts; // (K) of the R

    Ascent(Candidates candidates, ReadSentences sentences, SeenImages images, List<Integer> templates) {
        this.candidates = candidates;
        this.images = images;
        this.templates = templates;
        prototypes = sentences.prototypes(templates);
        similarities = new double[images.size()][];
        for (int i = 0; i < similarities.length; i++) {
            float[] image = images.feature(i);
            similarities[i] = prototypes.stream()
                    .mapToDouble(word -> Vectors.dot(image, word))
                    .toArray();
        }
        firsts = new int[candidates.words().size()];
        for (int k = 1; k < firsts.length; k++) {
            firsts[k] = firsts[k - 1] + candidates.words().get(k - 1).size();
        }
    }

    /** The words reached from the given ones, and their score. */
    Step climb(List<Integer> start) {
        List<Integer> words = new ArrayList<>(start);
        double best = score(words).weighted();
        for (boolean changed = true; changed; ) {
            changed = false;
            for (int k = 0; k < words.size(); k++) {
                for (int word = 0; word < candidates.words().get(k).size(); word++) {
                    int before = words.set(k, word);
                    double score = score(words).weighted();
                    if (score > best + EPSILON) {
                        best = score;
                        changed = true;
                    } else {
                        words.set(k, before);
                    }
                }
            }
        }
        return new Step(new Wording(templates, words), best);
    }

    /** @param score weighted */
    record Step(Wording wording, double score) {

        boolean isAbove(Step other) {
            return score > other.score + EPSILON;
        }
    }

    private Score score(List<Integer> words) {
        int right = 0;
        for (int i = 0; i < similarities.length; i++) {
            right += likeliest(similarities[i], words) == images.bin(i) ? 1 : 0;
        }
        return new Score(right, images.size(), Score.ordinality(chosen(words)));
    }

    private int likeliest(double[] similarities, List<Integer> words) {
        int likeliest = 0;
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < firsts.length; k++) {
            double similarity = similarities[firsts[k] + words.get(k)];
            if (similarity > largest) {
                largest = similarity;
                likeliest = k;
            }
        }
        return likeliest;
    }

    /** The K prototypes of these words. */
    List<float[]> chosen(List<Integer> words) {
        List<float[]> chosen = new ArrayList<>();
        for (int k = 0; k < firsts.length; k++) {
            chosen.add(prototypes.get(firsts[k] + words.get(k)));
        }
        return chosen;
    }
}
