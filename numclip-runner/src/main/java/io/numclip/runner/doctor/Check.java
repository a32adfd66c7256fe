package io.numclip.runner.doctor;

import java.io.IOException;
import java.util.List;

/** Looks at one part of the installation. What it throws is a problem of that part. */
@FunctionalInterface
interface Check {
    List<CheckResult> results() throws IOException;
}
