package io.numclip.host.plugin;

import io.numclip.spi.SpiVersion;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pf4j.DefaultVersionManager;
import org.pf4j.PluginDescriptor;
import org.pf4j.VersionManager;

/** What a plugin must declare about itself, and the versions it may require. */
final class DescriptorRules {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final String SEE_GUIDE = " (docs/writing-a-plugin.md)";

    private static final VersionManager VERSIONS = new DefaultVersionManager();

    private DescriptorRules() {}

    static void checkVersions(PluginDescriptor descriptor) {
        checkVersion(descriptor.getVersion());
        if (!accepts(descriptor.getRequires(), SpiVersion.CURRENT, "Plugin-Requires")) {
            throw new PluginRefusedException(
                    "needs SPI " + descriptor.getRequires() + "; this is " + SpiVersion.CURRENT,
                    "get the version of the plugin that is made for SPI " + SpiVersion.CURRENT
                            + ", or the NumCLIP that it needs");
        }
        descriptor
                .getDependencies()
                .forEach(dependency -> accepts(dependency.getPluginVersionSupport(), "1.0.0", "Plugin-Dependencies"));
    }

    static void checkId(@Nullable String id) {
        if (id == null || id.isBlank()) {
            throw new PluginRefusedException(
                    "names no Plugin-Id", "write Plugin-Id and Plugin-Version into the manifest" + SEE_GUIDE);
        }
        if (!ID.matcher(id).matches()) {
            throw new PluginRefusedException(
                    "has a Plugin-Id that is not made of letters, digits, '.', '-' and '_'", "choose another id");
        }
    }

    private static void checkVersion(@Nullable String version) {
        if (version == null || version.isBlank()) {
            throw new PluginRefusedException(
                    "names no Plugin-Version", "write Plugin-Version: 1.0.0 into the manifest" + SEE_GUIDE);
        }
        try {
            VERSIONS.compareVersions(version, "1.0.0");
        } catch (RuntimeException e) {
            throw new PluginRefusedException(
                    "has Plugin-Version \"" + version + "\", which is not a semantic version",
                    "write three numbers, such as 1.0.0");
        }
    }

    /** @return whether a version lies in a range such as {@code >=1.0.0 & <2.0.0} */
    static boolean accepts(String range, String version, String attribute) {
        try {
            return VERSIONS.checkVersionConstraint(version, range);
        } catch (RuntimeException e) {
            throw new PluginRefusedException(
                    attribute + " has \"" + range + "\", which is not a range of versions",
                    "write it like >=1.0.0 & <2.0.0");
        }
    }
}
