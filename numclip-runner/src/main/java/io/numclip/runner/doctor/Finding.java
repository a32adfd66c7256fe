package io.numclip.runner.doctor;

import java.util.Locale;

/**
 * What a check has found.
 *
 * @param about one or two words
 * @param found a sentence or two
 * @param fix what to do; empty if there is nothing to do
 */
record Finding(String about, Verdict verdict, String found, String fix) {

    static final long MEGABYTE = 1L << 20;

    enum Verdict {
        OK,
        /** It works, but not as well as it could. */
        WARNING,
        /** Something does not work. */
        PROBLEM;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String about, String found) {
        return new Finding(about, Verdict.OK, found, "");
    }

    static Finding warning(String about, String found, String fix) {
        return new Finding(about, Verdict.WARNING, found, fix);
    }

    static Finding problem(String about, String found, String fix) {
        return new Finding(about, Verdict.PROBLEM, found, fix);
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MB", bytes / MEGABYTE);
    }

    boolean is(Verdict other) {
        return verdict == other;
    }
}
