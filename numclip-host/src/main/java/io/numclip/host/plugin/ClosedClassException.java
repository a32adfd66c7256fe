package io.numclip.host.plugin;

import io.numclip.data.NumClipException;
import io.numclip.spi.SpiVersion;
import java.util.Optional;

/** A plugin needs a class of the host that it may not use, or that does not exist (any more). */
public final class ClosedClassException extends ClassNotFoundException {

    private static final long serialVersionUID = 1L;

    private static final String INTERFACE = "io.numclip.spi, .data, .dataset and .sample";

    static final String CLOSED_FIX =
            "do not use it, or put its library into the plugin; from the host, a plugin can use only DJL, SLF4J,"
                    + " PF4J's Extension and ExtensionPoint, and " + INTERFACE;

    private final String plugin;
    private final String problem;
    private final String fix;

    private ClosedClassException(String plugin, String name, String problem, String fix) {
        super(name);
        this.plugin = plugin;
        this.problem = "class " + name + ", which " + problem;
        this.fix = fix;
    }

    /** The failure for a class that the host has, but not for plugins. */
    static ClosedClassException closed(String plugin, String name) {
        return new ClosedClassException(plugin, name, "is closed to plugins", CLOSED_FIX);
    }

    /** The failure for a class in a published package that the host does not have (any more). */
    static ClosedClassException absent(String plugin, String name) {
        return new ClosedClassException(
                plugin,
                name,
                "the plugin interface " + SpiVersion.CURRENT + " does not have",
                "build the plugin again against NumCLIP " + SpiVersion.CURRENT + ", whose interface is " + INTERFACE);
    }

    /** Such as {@code class a.B, which is closed to plugins}. */
    String problem() {
        return problem;
    }

    /** One sentence: what to do about it. */
    String fix() {
        return fix;
    }

    /** The error for the user if such a class made a plugin's code fail; empty for any other failure. */
    public static Optional<NumClipException> within(Throwable failure) {
        return PluginFailure.within(failure, ClosedClassException.class)
                .map(closed -> new NumClipException(
                        NumClipException.Kind.UNAVAILABLE,
                        "plugin " + closed.plugin + " uses " + closed.problem,
                        closed.fix,
                        failure));
    }
}
