package io.numclip.spi;

/**
 * The semantic version of the packages {@code io.numclip.spi} and {@code io.numclip.data}, independent of the version
 * of the release. A plugin states in its manifest which versions it needs, for example
 * {@code Plugin-Requires: >=1.0.0 & <2.0.0}.
 */
public final class SpiVersion {

    public static final String CURRENT = "1.1.0";

    private SpiVersion() {}
}
