package io.numclip.runner.words;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Finds the words and templates that the untrained CLIP understands best on a few labelled images. For every template
 * an ascent starts from the recipe's words; further templates are then added to the best one, each with a new ascent,
 * as long as the score grows. The score is zero-shot accuracy plus a weight times the ordinality of the prototypes.
 */
public final class WordSearch {

    private static final int MOST_TEMPLATES = 8;

    private final Candidates candidates;
    private final ReadSentences sentences;
    private final SeenImages images;

    /** @param images to choose on */
    public WordSearch(Candidates candidates, ReadSentences sentences, SeenImages images) {
        this.candidates = candidates;
        this.sentences = sentences;
        this.images = images;
    }

    /** The best words in one template. */
    public Wording single() {
        return best(List.of(), recipe()).wording();
    }

    /** The best words in an ensemble of templates that grows from one; it stays at one if no second one helps. */
    public Wording ensemble(Wording single) {
        Ascent.Step best = ascent(single.templates()).climb(single.words());
        while (best.wording().templates().size() < Math.min(MOST_TEMPLATES, sentences.templates())) {
            Ascent.Step next = best(best.wording().templates(), best.wording().words());
            if (!next.isAbove(best)) {
                break;
            }
            best = next;
        }
        return best.wording();
    }

    /** The score of a choice on some images. */
    public Score score(Wording wording, SeenImages measured) {
        return Score.of(prototypes(wording), measured);
    }

    /** (N) 1 where the likeliest concept is right, else 0. */
    public double[] hits(Wording wording, SeenImages measured) {
        return measured.hits(prototypes(wording));
    }

    private List<float[]> prototypes(Wording wording) {
        return ascent(wording.templates()).chosen(wording.words());
    }

    /** Adds the template that helps most. */
    private Ascent.Step best(List<Integer> templates, List<Integer> words) {
        Ascent.Step best = null;
        for (int template = 0; template < sentences.templates(); template++) {
            if (!templates.contains(template)) {
                List<Integer> more = new ArrayList<>(templates);
                more.add(template);
                Ascent.Step step = ascent(more).climb(words);
                best = best == null || step.isAbove(best) ? step : best;
            }
        }
        if (best == null) {
            throw new IllegalStateException("there is no template left");
        }
        return best;
    }

    private Ascent ascent(List<Integer> templates) {
        return new Ascent(candidates, sentences, images, templates);
    }

    private List<Integer> recipe() {
        return Collections.nCopies(candidates.words().size(), 0);
    }
}
