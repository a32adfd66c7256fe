package io.numclip.runner.doctor;

import io.numclip.data.Invocation;
import java.lang.management.ManagementFactory;
import java.util.List;

/** The archive of classes that the launcher makes after the first start. */
final class ClassArchiveCheck implements Check {

    private static final String ABOUT = "short start";
    private static final String OPTION = "-XX:SharedArchiveFile=";

    @Override
    public List<CheckResult> results() {
        return List.of(judge(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    }

    /** @param options of Java */
    static CheckResult judge(List<String> options) {
        return options.stream()
                .filter(option -> option.startsWith(OPTION))
                .findFirst()
                .map(option ->
                        CheckResult.ok(ABOUT, "The archive of classes is used: " + option.substring(OPTION.length())))
                .orElse(CheckResult.ok(
                        ABOUT,
                        "There is no archive of classes yet; " + Invocation.NAME
                                + " makes it in the background, once."));
    }
}
