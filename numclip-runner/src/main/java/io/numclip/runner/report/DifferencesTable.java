package io.numclip.runner.report;

import io.numclip.host.config.SettingDifferences.Difference;
import java.util.List;
import java.util.stream.Stream;

/** The settings in which configurations differ, a line for each. */
public final class DifferencesTable {

    private DifferencesTable() {}

    /** @param names of the configurations, in the order of the values */
    public static Table of(List<String> names, List<Difference> differences) {
        return new Table(
                before("setting", names),
                differences.stream()
                        .map(difference -> before(difference.name(), difference.values()))
                        .toList());
    }

    private static List<String> before(String first, List<String> others) {
        return Stream.concat(Stream.of(first), others.stream()).toList();
    }
}
