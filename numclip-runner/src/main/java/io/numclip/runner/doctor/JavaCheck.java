package io.numclip.runner.doctor;

import java.util.List;

/** Java itself. */
final class JavaCheck implements Check {

    @Override
    public List<CheckResult> results() {
        return List.of(CheckResult.ok(
                "java",
                "Java " + System.getProperty("java.runtime.version") + " of " + System.getProperty("java.vendor")
                        + ", in " + System.getProperty("java.home") + "; " + System.getProperty("os.name") + " on "
                        + System.getProperty("os.arch")));
    }
}
