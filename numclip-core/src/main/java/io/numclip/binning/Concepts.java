package io.numclip.binning;

import io.numclip.data.NumClipException;
import io.numclip.spi.InvalidSettingException;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks of a list of concept words that a user wrote. */
final class Concepts {

    private Concepts() {}

    /** A copy that the record can keep; {@code null} means that the user has not written the list yet. */
    static @Nullable List<String> check(@Nullable List<String> concepts) {
        if (concepts == null) {
            return null;
        }
        if (concepts.size() < 2) {
            throw new InvalidSettingException("concepts", "needs at least 2 words; found " + concepts.size());
        }
        if (concepts.stream().anyMatch(String::isBlank)) {
            throw new InvalidSettingException("concepts", "needs words; found a blank one in " + concepts);
        }
        if (new HashSet<>(concepts).size() < concepts.size()) {
            throw new InvalidSettingException("concepts", "needs different words; found " + concepts);
        }
        return List.copyOf(concepts);
    }

    /** @throws NumClipException if there are fewer different training labels than concepts */
    static void requireLabels(String type, int concepts, int different) {
        if (different < concepts) {
            throw new NumClipException(
                    NumClipException.Kind.DATA,
                    "training labels — " + type + " binning with " + concepts + " concepts needs as many different "
                            + "labels, found " + different,
                    "Write fewer concepts, add training images, or use the binning fixed or uniform.");
        }
    }

    static <T> List<T> require(@Nullable List<T> list, String type, String key) {
        if (list == null) {
            throw new NumClipException(
                    NumClipException.Kind.CONFIGURATION,
                    "the binning '" + type + "' has no " + key,
                    "Write the " + key + " under binning, lowest first.");
        }
        return list;
    }
}
