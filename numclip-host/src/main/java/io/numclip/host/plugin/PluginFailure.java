package io.numclip.host.plugin;

import com.google.common.base.Throwables;
import com.google.inject.ProvisionException;
import io.numclip.data.NumClipException;
import java.util.Optional;

/** Explains to the user what a plugin's code has thrown. */
public final class PluginFailure {

    private static final String ASK_AUTHOR =
            "ask the author of the plugin for a version that works, or remove the file";

    private PluginFailure() {}

    /** @param subject whose code ran, such as {@code class a.B} */
    static PluginRefusedException of(String subject, Throwable failure) {
        if (failure instanceof PluginRefusedException refused) {
            return refused;
        }
        if (within(failure, OutOfMemoryError.class).isPresent()) {
            return new PluginRefusedException(
                    subject + " needs more memory than Java may use, "
                            + (Runtime.getRuntime().maxMemory() >> 20) + " MB",
                    "remove the file, or allow more, as with JAVA_OPTS=-Xmx4g");
        }
        Optional<UnsupportedClassVersionError> tooNew = within(failure, UnsupportedClassVersionError.class);
        if (tooNew.isPresent()) {
            return new PluginRefusedException(
                    subject + " is compiled for a newer Java: " + NumClipException.firstLine(tooNew.get()),
                    "build the plugin for Java 17, or run NumCLIP on a newer Java");
        }
        Optional<ClosedClassException> closed = within(failure, ClosedClassException.class);
        if (closed.isPresent()) {
            return new PluginRefusedException(
                    subject + " uses " + closed.get().problem(), closed.get().fix());
        }
        Optional<ClassNotFoundException> missing = within(failure, ClassNotFoundException.class);
        if (missing.isPresent()) {
            return new PluginRefusedException(
                    subject + " needs class " + NumClipException.firstLine(missing.get())
                            + ", which neither the plugin nor the host has",
                    "put the library that has the class into the plugin");
        }
        return new PluginRefusedException(
                subject + " fails" + where(failure) + ": " + describe(Throwables.getRootCause(failure)), ASK_AUTHOR);
    }

    /** The first failure of this type among a failure and its causes. */
    static <T extends Throwable> Optional<T> within(Throwable failure, Class<T> type) {
        return Throwables.getCausalChain(failure).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    private static String where(Throwable failure) {
        if (within(failure, ExceptionInInitializerError.class).isPresent()) {
            return " in its static initialiser";
        }
        return failure instanceof ProvisionException ? " in its constructor" : "";
    }

    /** Kind and message: {@code IllegalStateException: no licence}. */
    public static String describe(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        return failure.getMessage() == null ? name : name + ": " + NumClipException.firstLine(failure);
    }
}
