package io.numclip.runner.runs;

import io.numclip.host.config.ConfigNode;
import io.numclip.host.config.YamlReader;
import io.numclip.runner.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings in which runs differ. */
final class UnlikeSettings {

    private static final String NONE = "–";

    private UnlikeSettings() {}

    /**
     * @param configs each run's whole configuration in YAML, in the order of the names
     * @return a line for each setting that is not the same in all
     */
    static Table of(List<String> names, List<String> configs) {
        List<Map<String, String>> settings = new ArrayList<>();
        Set<String> all = new LinkedHashSet<>();
        for (int i = 0; i < names.size(); i++) {
            Map<String, String> ofRun = new LinkedHashMap<>();
            add("", YamlReader.parse(names.get(i), configs.get(i)), ofRun);
            settings.add(ofRun);
            all.addAll(ofRun.keySet());
        }
        List<List<String>> rows = new ArrayList<>();
        for (String setting : all) {
            List<String> values = settings.stream()
                    .map(ofRun -> ofRun.getOrDefault(setting, NONE))
                    .toList();
            if (values.stream().distinct().count() > 1) {
                rows.add(before(setting, values));
            }
        }
        return new Table(before("setting", names), rows);
    }

    private static List<String> before(String first, List<String> others) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(others);
        return all;
    }

    private static void add(String path, ConfigNode node, Map<String, String> to) {
        if (node instanceof ConfigNode.Mapping mapping) {
            mapping.entries().forEach((key, entry) -> add(path.isEmpty() ? key : path + "." + key, entry.value(), to));
        } else if (node instanceof ConfigNode.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                add(path + "[" + i + "]", sequence.items().get(i), to);
            }
        } else {
            to.put(path, node.describe());
        }
    }
}
