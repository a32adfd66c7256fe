package io.numclip.runner.doctor;

import io.numclip.host.plugin.ComponentKind;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.plugin.PluginRefusal;
import io.numclip.runner.terminal.Services;
import java.util.ArrayList;
import java.util.List;

/** Which plugins run, and which do not, and why. */
final class PluginsCheck implements Check {

    private static final String ABOUT = "plugins";

    private final Services services;

    PluginsCheck(Services services) {
        this.services = services;
    }

    @Override
    public List<CheckResult> results() {
        return judge(services.catalog());
    }

    static List<CheckResult> judge(PluginCatalog catalog) {
        List<CheckResult> results = new ArrayList<>();
        catalog.plugins().forEach(plugin -> results.add(CheckResult.ok(ABOUT, plugin.describe())));
        catalog.notices().forEach(notice -> results.add(CheckResult.warning(ABOUT, notice, "")));
        for (PluginRefusal refusal : catalog.refusals()) {
            results.add(CheckResult.problem(
                    ABOUT, refusal.file().getFileName() + " does not run: " + refusal.cause(), refusal.fix()));
        }
        if (results.isEmpty()) {
            results.add(CheckResult.warning(
                    ABOUT,
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
}
