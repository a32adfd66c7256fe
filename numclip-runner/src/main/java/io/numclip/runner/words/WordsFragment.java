package io.numclip.runner.words;

import io.numclip.data.Bins;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.Records;
import io.numclip.host.config.YamlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sections of a configuration that contain words, binning and prompts, with other words in them. */
public final class WordsFragment {

    private final Map<String, Object> binning;
    private final Map<String, Object> prompts;
    private final Bins bins;

    /** @throws NumClipException if the binning makes its own words, so that no others can be written there */
    public WordsFragment(ExperimentConfig config, Bins bins) {
        this.binning = Records.tree(config.binning());
        this.prompts = Records.tree(config.prompts());
        this.bins = bins;
        String text = YamlWriter.write(binning);
        for (String concept : bins.concepts()) {
            Map<String, String> marked = Map.of(concept, concept + "*");
            if (YamlWriter.write(renamed(marked)).equals(text)) {
                throw new NumClipException(
                        Kind.CONFIGURATION,
                        "the binning '" + config.binning().type() + "' makes its own words, such as '" + concept
                                + "'; no others can be chosen",
                        "use a binning whose words are settings, such as fixed");
            }
        }
    }

    /**
     * YAML to paste.
     *
     * @param words K, in the order of the bins
     */
    public String yaml(List<String> words, List<String> templates) {
        Map<String, String> names = new LinkedHashMap<>();
        for (int k = 0; k < bins.size(); k++) {
            names.put(bins.get(k).concept(), words.get(k));
        }
        Map<String, Object> template = new LinkedHashMap<>();
        template.put("type", "template");
        template.put("templates", templates);
        return write(renamed(names), template);
    }

    /** The sections as they are. */
    public String recipe() {
        return write(binning, prompts);
    }

    private static String write(Map<String, Object> binning, Map<String, Object> prompts) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("binning", binning);
        tree.put("prompts", prompts);
        return YamlWriter.write(tree);
    }

    private Map<String, Object> renamed(Map<String, String> names) {
        Map<String, Object> tree = new LinkedHashMap<>();
        binning.forEach((key, value) -> tree.put(key, key.equals("type") ? value : renamed(value, names)));
        return tree;
    }

    private static Object renamed(Object value, Map<String, String> names) {
        if (value instanceof String text) {
            return names.getOrDefault(text, text);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> renamed(item, names)).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(String.valueOf(key), renamed(item, names)));
            return copy;
        }
        return value;
    }
}
