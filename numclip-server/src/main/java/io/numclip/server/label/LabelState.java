package io.numclip.server.label;

import io.numclip.data.LabelScale;
import io.numclip.host.label.AskedScale;
import io.numclip.host.label.Labelling;
import io.numclip.host.label.Question;
import io.numclip.host.label.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows, as JSON.
 *
 * @param asked what the answer is about, the left image first; null: nothing is left to ask
 * @param next the id of the answer
 * @param images how many there are
 * @param left how many this person has not answered
 * @param undoes whether an undo takes back a comparison; null: there is nothing to undo
 */
record LabelState(
        String person,
        LabelScale scale,
        List<AskedScale.Concept> concepts,
        double step,
        @Nullable List<Shown> asked,
        int next,
        int images,
        int left,
        @Nullable Boolean undoes,
        Verdict verdict) {

    /** An image, and its place in the addresses of images. */
    record Shown(int place, String name) {}

    static LabelState of(Labelling labelling, boolean compare) {
        List<String> names = labelling.images().names();
        return new LabelState(
                labelling.person(),
                labelling.scale().numbers(),
                labelling.scale().concepts(),
                labelling.scale().step(),
                labelling
                        .question(compare)
                        .map(question -> shown(question, names))
                        .orElse(null),
                labelling.next(),
                names.size(),
                labelling.left(),
                labelling.undoable().map(answer -> answer.other() != null).orElse(null),
                labelling.verdict());
    }

    private static List<Shown> shown(Question question, List<String> names) {
        return Stream.of(question.image(), question.other())
                .filter(Objects::nonNull)
                .map(place -> new Shown(place, names.get(place)))
                .toList();
    }
}
