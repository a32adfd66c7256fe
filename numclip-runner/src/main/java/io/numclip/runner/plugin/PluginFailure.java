package io.numclip.runner.plugin;

import com.google.common.base.Throwables;
import com.google.inject.ProvisionException;

/** Puts what a plugin's code throws into words. */
final class PluginFailure {

    private static final String ASK_AUTHOR =
            "ask the author of the plugin for a version that works, or remove the file";

    private PluginFailure() {}

    /** @param subject whose code ran, such as {@code class a.B} */
    static PluginRefusedException of(String subject, Throwable failure) {
        if (failure instanceof PluginRefusedException refused) {
            return refused;
        }
        if (failure instanceof UnsupportedClassVersionError) {
            return new PluginRefusedException(
                    subject + " is compiled for a newer Java: " + firstLine(failure),
                    "build the plugin for Java 17, or run NumCLIP on a newer Java");
        }
        if (failure instanceof NoClassDefFoundError && failure.getCause() instanceof ClassNotFoundException) {
            return new PluginRefusedException(
                    subject + " needs class " + firstLine(failure).replace('/', '.')
                            + ", which neither the plugin nor the host has",
                    "put the library that has the class into the plugin");
        }
        return new PluginRefusedException(subject + " fails" + where(failure) + ": " + rootCause(failure), ASK_AUTHOR);
    }

    private static String where(Throwable failure) {
        if (failure instanceof ExceptionInInitializerError) {
            return " in its static initialiser";
        }
        return failure instanceof ProvisionException ? " in its constructor" : "";
    }

    private static String rootCause(Throwable failure) {
        Throwable root = Throwables.getRootCause(failure);
        String message = firstLine(root);
        String name = root.getClass().getSimpleName();
        return message.isEmpty() ? name : name + ": " + message;
    }

    private static String firstLine(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? "" : message.lines().findFirst().orElse("");
    }
}
