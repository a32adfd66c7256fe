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
    public List<Finding> findings() {
        return judge(services.catalog());
    }

    static List<Finding> judge(PluginCatalog catalog) {
        List<Finding> findings = new ArrayList<>();
        catalog.plugins().forEach(plugin -> findings.add(Finding.ok(ABOUT, plugin.describe())));
        catalog.notices().forEach(notice -> findings.add(Finding.warning(ABOUT, notice, "")));
        for (PluginRefusal refusal : catalog.refusals()) {
            findings.add(Finding.problem(
                    ABOUT, refusal.file().getFileName() + " does not run: " + refusal.cause(), refusal.fix()));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.warning(
                    ABOUT,
                    "None, so there are only these tasks: " + tasks(catalog) + ".",
                    "Put plugins into the folder plugins/; './numclip --rebuild' builds those that come with NumCLIP"));
        }
        return findings;
    }

    private static String tasks(PluginCatalog catalog) {
        return String.join(
                ", ",
                catalog.components(ComponentKind.TASK).stream()
                        .map(component -> component.type())
                        .toList());
    }
}
