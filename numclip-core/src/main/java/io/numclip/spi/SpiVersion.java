package io.numclip.spi;

/**
 * The version of the packages {@code io.numclip.spi} and {@code io.numclip.data}, by semantic versioning and apart from
 * the version of the release. A plugin states what it needs in its manifest, for example
 * {@code Plugin-Requires: >=1.0.0 & <2.0.0}.
 */
public final class SpiVersion {

    public static final String CURRENT = "1.0.0";

    private SpiVersion() {}
}
