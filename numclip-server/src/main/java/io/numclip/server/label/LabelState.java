package io.numclip.server.label;

import io.numclip.host.label.Answer;
import io.numclip.host.label.AskedScale;
import io.numclip.host.label.Labelling;
import io.numclip.host.label.Question;
import io.numclip.host.label.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the page shows, as JSON: the question, how far it is, and what the answers are worth. */
final class LabelState {

    private LabelState() {}

    static Map<String, Object> of(Labelling labelling, boolean compare) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("person", labelling.person());
        state.put("scale", scale(labelling.scale()));
        state.put(
                "question",
                labelling
                        .question(compare)
                        .map(question -> question(question, labelling))
                        .orElse(null));
        state.put("next", labelling.next());
        state.put("images", labelling.images().names().size());
        state.put("left", labelling.left());
        state.put("undo", labelling.undoable().map(answer -> undo(answer)).orElse(null));
        state.put("verdict", verdict(labelling.verdict()));
        return state;
    }

    private static Map<String, Object> scale(AskedScale scale) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("lowest", scale.numbers().minimum());
        json.put("highest", scale.numbers().maximum());
        json.put("unit", scale.numbers().unit());
        json.put("wholeNumbers", scale.numbers().wholeNumbers());
        json.put("step", scale.step());
        json.put("concepts", scale.concepts());
        return json;
    }

    private static Map<String, Object> question(Question question, Labelling labelling) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", question.id());
        json.put("images", shown(labelling, question.image(), question.other()));
        return json;
    }

    private static List<Map<String, Object>> shown(Labelling labelling, int image, @Nullable Integer other) {
        return other == null
                ? List.of(shown(labelling, image))
                : List.of(shown(labelling, image), shown(labelling, other));
    }

    private static Map<String, Object> shown(Labelling labelling, int image) {
        return Map.of("place", image, "name", labelling.images().names().get(image));
    }

    private static Map<String, Object> undo(Answer answer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("compare", answer.other() != null);
        json.put("said", answer.said().word());
        json.put("value", answer.value());
        return json;
    }

    private static Map<String, Object> verdict(Verdict verdict) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("numbers", verdict.numbers());
        json.put("drawn", verdict.drawn());
        json.put("error", finite(verdict.error()));
        json.put("constant", finite(verdict.constant()));
        json.put("worth", verdict.worth().state().name());
        json.put("half", finite(verdict.worth().half()));
        json.put("all", finite(verdict.worth().all()));
        json.put("agreement", mean(verdict.agreement()));
        json.put("pairs", verdict.pairs());
        json.put("ordered", verdict.ordered());
        json.put("again", mean(verdict.again()));
        return json;
    }

    private static Map<String, Object> mean(Verdict.Mean mean) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("count", mean.count());
        json.put("value", finite(mean.value()));
        return json;
    }

    private static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }
}
