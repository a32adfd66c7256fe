package io.numclip.runner.doctor;

import ai.djl.engine.Engine;
import ai.djl.util.Utils;
import io.numclip.clip.kernel.NativeLibrary;
import io.numclip.data.Invocation;
import io.numclip.host.plugin.ComponentKind;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.plugin.PluginRefusal;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** What is installed: Java, libtorch, plugins, and the archive of classes. */
final class ProgramChecks {

    private static final String ARCHIVE = "-XX:SharedArchiveFile=";

    private ProgramChecks() {}

    static CheckResult java() {
        return CheckResult.ok(
                "java",
                "Java " + System.getProperty("java.runtime.version") + " of " + System.getProperty("java.vendor")
                        + ", in " + System.getProperty("java.home") + "; " + System.getProperty("os.name") + " on "
                        + System.getProperty("os.arch"));
    }

    /** Loads libtorch, as the first step of every command that computes does. */
    static CheckResult library() {
        Engine engine = NativeLibrary.engine();
        String own = System.getenv("PYTORCH_LIBRARY_PATH");
        String place = own == null ? Utils.getEngineCacheDir("pytorch").toString() : own;
        return CheckResult.ok(
                "libtorch", "libtorch " + engine.getVersion() + " is loaded, from " + place + ", without the network.");
    }

    /** The plugins that run, and those that do not, with the reason. */
    static List<CheckResult> plugins(PluginCatalog catalog) {
        List<CheckResult> results = new ArrayList<>();
        catalog.plugins().forEach(plugin -> results.add(CheckResult.ok("plugins", plugin.describe())));
        catalog.notices().forEach(notice -> results.add(CheckResult.warning("plugins", notice, "")));
        for (PluginRefusal refusal : catalog.refusals()) {
            results.add(CheckResult.problem(
                    "plugins", refusal.file().getFileName() + " does not run: " + refusal.cause(), refusal.fix()));
        }
        if (results.isEmpty()) {
            results.add(CheckResult.warning(
                    "plugins",
                    "None, so there are only these tasks: " + tasks(catalog) + ".",
                    "Put plugins into the folder plugins/; './numclip --rebuild' builds those that come with NumCLIP"));
        }
        return results;
    }

    private static String tasks(PluginCatalog catalog) {
        return String.join(
                ", ",
                catalog.components(ComponentKind.TASK).stream()
                        .map(component -> component.type())
                        .toList());
    }

    /** The archive of classes that the launcher makes after the first start. */
    static CheckResult archive() {
        return archive(ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    /** @param options of Java */
    static CheckResult archive(List<String> options) {
        return options.stream()
                .filter(option -> option.startsWith(ARCHIVE))
                .findFirst()
                .map(option -> CheckResult.ok(
                        "short start", "The archive of classes is used: " + option.substring(ARCHIVE.length())))
                .orElse(CheckResult.ok(
                        "short start",
                        "There is no archive of classes yet; " + Invocation.NAME
                                + " makes it in the background, once."));
    }
}
