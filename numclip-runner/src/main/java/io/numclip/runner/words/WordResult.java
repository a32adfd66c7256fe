package io.numclip.runner.words;

import io.numclip.data.Bins;
import io.numclip.evaluation.PairedComparison;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of a search for words.
 *
 * @param bins with the recipe's words
 * @param recipe the recipe's words in its own prompts
 * @param single the best words in one template
 * @param proposal the best words in an ensemble of templates, which may be one
 * @param comparison the hits of the proposal and of the recipe on the same held-out images
 */
public record WordResult(
        Bins bins,
        Candidates candidates,
        Scores recipe,
        Scores single,
        Scores proposal,
        Wording proposedWording,
        PairedComparison comparison) {

    /** The scores of one choice. */
    public record Scores(Score choosing, Score heldOut) {}

    /** Whether the proposal is right on more of the held-out images. */
    public boolean isBetter() {
        return proposal.heldOut().right() > recipe.heldOut().right();
    }

    /** The proposal's words in the order of the bins. */
    public List<String> proposedWords() {
        List<String> words = new ArrayList<>();
        for (int k = 0; k < bins.size(); k++) {
            words.add(candidates.words().get(k).get(proposedWording.words().get(k)));
        }
        return words;
    }

    public List<String> proposedTemplates() {
        return proposedWording.templates().stream()
                .map(candidates.templates()::get)
                .toList();
    }
}
