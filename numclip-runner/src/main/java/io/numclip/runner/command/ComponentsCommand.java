package io.numclip.runner.command;

import io.numclip.data.NearestName;
import io.numclip.data.NumClipException;
import io.numclip.host.config.MethodFile;
import io.numclip.host.config.Methods;
import io.numclip.host.config.SettingsTable;
import io.numclip.host.message.PlainText;
import io.numclip.host.plugin.Component;
import io.numclip.host.plugin.ComponentKind;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.runner.report.TextLines;
import io.numclip.runner.terminal.Services;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists everything that a configuration can choose by name. */
@Command(
        name = "components",
        mixinStandardHelpOptions = true,
        description =
                "Lists what a configuration can choose by name: methods with their settings, and components with their"
                        + " origin, settings and defaults.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip config components                    everything",
            "  numclip config components methods            all methods, and where they come from",
            "  numclip config components fineHead losses    only these kinds"
        })
final class ComponentsCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..*",
            paramLabel = "KIND",
            description =
                    "methods, or sections of a configuration: task, binning, prompts, coarseHead, fineHead, losses, regions.")
    private List<String> kinds = List.of();

    private static final String METHODS = "methods";
    private static final String INDENT = "      ";

    private final Services services;

    ComponentsCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        refuseUnknownKinds();
        PluginCatalog catalog = services.catalog();
        PrintWriter out = services.console().out();
        if (kinds.isEmpty() || kinds.contains(METHODS)) {
            list(new Methods(catalog).all(), out);
        }
        for (ComponentKind kind : ComponentKind.values()) {
            if (kinds.isEmpty() || kinds.contains(kind.key())) {
                list(kind, catalog.components(kind), out);
            }
        }
        out.flush();
        return 0;
    }

    private void refuseUnknownKinds() {
        List<String> known = new ArrayList<>(List.of(METHODS));
        Arrays.stream(ComponentKind.values()).map(ComponentKind::key).forEach(known::add);
        kinds.stream().filter(kind -> !known.contains(kind)).findFirst().ifPresent(unknown -> {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    "there is no kind '" + PlainText.printable(unknown) + "'" + NearestName.question(unknown, known),
                    "known kinds: " + String.join(", ", known));
        });
    }

    private static void list(List<MethodFile> methods, PrintWriter out) {
        out.println(METHODS + ":");
        for (MethodFile method : methods) {
            String origin = method.origin().equals(Component.BUILT_IN) ? "" : ", " + method.origin();
            out.println("  " + method.name() + "  (" + method.title() + origin + ")");
            print(method.source(), out);
            method.settings().forEach((key, value) -> print(key + ": " + value, out));
        }
        out.println();
    }

    private static void list(ComponentKind kind, List<Component> components, PrintWriter out) {
        out.println(kind.key() + ":");
        for (Component component : components) {
            out.println("  " + component.type() + "  (" + component.origin() + ")");
            String source = component.factory().source();
            if (!source.isEmpty()) {
                print(source, out);
            }
            SettingsTable.of(component.factory().defaults()).forEach((key, value) -> print(key + ": " + value, out));
        }
        out.println();
    }

    private static void print(String text, PrintWriter out) {
        out.println(TextLines.hanging(INDENT, INDENT + "  ", text));
    }
}
