package io.numclip.runner.words;

import io.numclip.data.Bins;
import io.numclip.data.NearestName;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.NumberPrompt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Words to choose from for each of the K bins, and templates around them. No word stands for two bins.
 *
 * @param words K lists; the recipe's own word is the first of each
 * @param templates with {@code {}} in the place of the word; the recipe's own first, if it has any
 */
public record Candidates(List<List<String>> words, List<String> templates) {

    public Candidates {
        words = words.stream().map(List::copyOf).toList();
        templates = List.copyOf(templates);
    }

    /**
     * Candidates from a file of the user, which must have some for every bin.
     *
     * @param recipeTemplates may be empty
     * @throws NumClipException if the file does not fit the bins, or a word stands for two
     */
    public static Candidates of(Bins bins, List<String> recipeTemplates, WordsFile file) {
        for (String concept : file.words().keySet()) {
            refuseUnknown(bins, concept);
        }
        Map<String, String> owners = new LinkedHashMap<>();
        bins.concepts().forEach(concept -> owners.put(concept, concept));
        List<List<String>> words = new ArrayList<>();
        for (String concept : bins.concepts()) {
            List<String> others = file.words().get(concept);
            if (others == null) {
                throw problem("there are no candidates for the bin '" + concept + "'", "add words." + concept);
            }
            others.forEach(word -> claim(owners, word.strip(), concept));
            words.add(withFirst(concept, others));
        }
        return new Candidates(words, templates(recipeTemplates, file.templates()));
    }

    /**
     * Candidates where the user names none: from a file of the task, which may have been written for other bins than the
     * user's, and for bins without candidates there from a vocabulary. Bins that are all named by numbers get their numbers in
     * words and digits; beside other words these would say too much of one bin and nothing of the next.
     *
     * @param file empty if the task has none
     */
    public static Candidates offered(Bins bins, List<String> recipeTemplates, WordsFile file, Vocabulary vocabulary) {
        boolean areNumbers = bins.concepts().stream().allMatch(NumberNames::isNumber);
        List<List<String>> known = vocabulary.others(bins.concepts());
        Set<String> taken = new LinkedHashSet<>(bins.concepts());
        List<List<String>> words = new ArrayList<>();
        for (int k = 0; k < bins.size(); k++) {
            String concept = bins.get(k).concept();
            List<String> others = areNumbers ? NumberNames.of(bins, k) : known.get(k);
            words.add(withFirst(
                    concept,
                    file.words().getOrDefault(concept, others).stream()
                            .filter(taken::add)
                            .toList()));
        }
        List<String> around = file.templates().isEmpty() ? vocabulary.templates() : file.templates();
        return new Candidates(words, templates(recipeTemplates, around));
    }

    /** The recipe's words for which there are no others. */
    public List<String> withoutOthers() {
        return words.stream()
                .filter(each -> each.size() == 1)
                .map(each -> each.get(0))
                .toList();
    }

    /** R, the number of words of all bins together. */
    public int wordCount() {
        return words.stream().mapToInt(List::size).sum();
    }

    private static void refuseUnknown(Bins bins, String concept) {
        if (!bins.concepts().contains(concept)) {
            String near = NearestName.of(concept, bins.concepts())
                    .map(name -> " Did you mean \"" + name + "\"?")
                    .orElse("");
            throw problem(
                    "words: there is no bin '" + concept + "'." + near,
                    "name the bins by their words in the recipe: " + String.join(", ", bins.concepts()));
        }
    }

    private static void claim(Map<String, String> owners, String word, String concept) {
        String owner = owners.putIfAbsent(word, concept);
        if (owner != null && !owner.equals(concept)) {
            throw problem(
                    "'" + word + "' is a candidate for '" + owner + "' and for '" + concept + "'",
                    "list it for only one of them");
        }
    }

    private static List<String> withFirst(String first, List<String> others) {
        Set<String> all = new LinkedHashSet<>(List.of(first));
        others.forEach(word -> all.add(word.strip()));
        return List.copyOf(all);
    }

    /** Leaves out templates that say the same as an earlier one. */
    private static List<String> templates(List<String> first, List<String> others) {
        Map<NumberPrompt, String> different = new LinkedHashMap<>();
        List<String> all = new ArrayList<>(first);
        all.addAll(others);
        if (all.isEmpty()) {
            all.add("{}");
        }
        for (String template : all) {
            try {
                different.putIfAbsent(NumberPrompt.of(template, ""), template);
            } catch (IllegalArgumentException refusal) {
                throw problem("templates: " + refusal.getMessage(), "write {} once, in place of the word");
            }
        }
        return List.copyOf(different.values());
    }

    private static NumClipException problem(String message, String fix) {
        return new NumClipException(Kind.CONFIGURATION, message, fix);
    }
}
