package io.numclip.host.plugin;

import com.google.common.base.Throwables;
import com.google.common.collect.Lists;
import io.numclip.data.NumClipException;
import io.numclip.spi.BrokenContractException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * Tells failures of a plugin's code from bugs of the host by the stack trace: the innermost method that is neither of a
 * library nor of the plugin interface is the one that failed.
 */
public final class PluginFault {

    private static final String HOST = "io.numclip.";

    private final List<Component> components;

    /** @param components that may have failed */
    public PluginFault(List<Component> components) {
        this.components = List.copyOf(components);
    }

    /** The error for the user where code of a plugin failed; any other failure as it is. */
    public Throwable explained(Throwable failure) {
        Optional<NumClipException> closed = ClosedClassException.within(failure);
        if (closed.isPresent()) {
            return closed.get();
        }
        Optional<OutOfMemoryError> full = PluginFailure.within(failure, OutOfMemoryError.class);
        if (full.isPresent()) {
            return withPlace(full.get(), failure);
        }
        Optional<Throwable> broken = PluginFailure.within(failure, BrokenContractException.class)
                .flatMap(contract -> ofContract(contract, failure));
        if (broken.isPresent()) {
            return broken.get();
        }
        return isOfItsOwnKind(failure)
                ? failure
                : Lists.reverse(Throwables.getCausalChain(failure)).stream()
                        .flatMap(cause -> ofPlugin(cause, failure).stream())
                        .map(Throwable.class::cast)
                        .findFirst()
                        .orElse(failure);
    }

    private static boolean isOfItsOwnKind(Throwable failure) {
        return failure instanceof NumClipException
                || failure instanceof IOException
                || failure instanceof CancellationException;
    }

    /** Who asks for more when the memory is full need not have filled it, so it remains a lack of memory. */
    private Throwable withPlace(OutOfMemoryError full, Throwable failure) {
        return frameOfPlugin(full)
                .map(frame -> {
                    String plugin = broughtWith(frame.getClassName()).get(0).origin();
                    Throwable told = new OutOfMemoryError(
                            NumClipException.firstLine(full) + ", asked for by " + plugin + " at " + frame);
                    return told.initCause(failure);
                })
                .orElse(failure);
    }

    private Optional<Throwable> ofContract(BrokenContractException contract, Throwable failure) {
        Class<?> culprit = contract.culprit().getClass();
        List<Component> brought = components.stream()
                .filter(component -> culprit.getClassLoader() instanceof NumClipPluginClassLoader loader
                        && component.factory().getClass().getClassLoader() == loader)
                .toList();
        List<Component> alike = brought.stream()
                .filter(component -> component.factory().getClass() == culprit
                        || component.kind().factoryType().getDeclaringClass().isAssignableFrom(culprit))
                .toList();
        return brought.isEmpty()
                ? Optional.empty()
                : Optional.of(fault(
                        brought.get(0).origin(),
                        failed(alike.isEmpty() ? brought : alike, Stream.of(culprit.getName())),
                        " " + contract.getMessage(),
                        failure));
    }

    private Optional<NumClipException> ofPlugin(Throwable cause, Throwable failure) {
        return frameOfPlugin(cause).map(frame -> {
            List<Component> brought = broughtWith(frame.getClassName());
            String problem = " fails: " + PluginFailure.describe(cause) + "\nat " + frame;
            return fault(brought.get(0).origin(), failed(brought, cause), problem, failure);
        });
    }

    /** The place where code of a plugin has failed, if not the host that it called. */
    private Optional<StackTraceElement> frameOfPlugin(Throwable cause) {
        for (StackTraceElement frame : cause.getStackTrace()) {
            if (!broughtWith(frame.getClassName()).isEmpty()) {
                return Optional.of(frame);
            }
            if (frame.getClassName().startsWith(HOST) && !SharedPackages.isPublished(frame.getClassName())) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The components of the plugin that has this class. */
    private List<Component> broughtWith(String className) {
        return components.stream()
                .filter(component ->
                        component.factory().getClass().getClassLoader() instanceof NumClipPluginClassLoader loader
                                && loader.brings(className))
                .toList();
    }

    private static NumClipException fault(
            String origin, Optional<Component> component, String problem, Throwable failure) {
        String where = component
                .map(found -> ", " + found.kind().singular() + " \"" + found.type() + "\" ("
                        + found.kind().key() + ".type: " + found.type() + ")")
                .orElse("");
        String choice = component
                .map(found ->
                        "change its settings, choose another " + found.kind().singular() + ", or ")
                .orElse("");
        return new NumClipException(
                NumClipException.Kind.UNAVAILABLE,
                origin + where + problem,
                choice + "tell the author of the plugin; --debug shows the whole stack trace",
                failure);
    }

    /** The component in whose class, or alone in whose file, the failure is, or the only one there is. */
    private static Optional<Component> failed(List<Component> brought, Throwable cause) {
        return failed(brought, Arrays.stream(cause.getStackTrace()).map(StackTraceElement::getClassName));
    }

    private static Optional<Component> failed(List<Component> brought, Stream<String> classNames) {
        return brought.size() == 1
                ? Optional.of(brought.get(0))
                : classNames.flatMap(name -> of(name, brought).stream()).findFirst();
    }

    /** The component with this class; empty where several have this file, and none of them this class. */
    private static Optional<Component> of(String className, List<Component> brought) {
        List<Component> near = brought.stream()
                .filter(component -> file(className).equals(file(factory(component))))
                .toList();
        return near.size() == 1
                ? Optional.of(near.get(0))
                : near.stream()
                        .filter(component -> (className + "$").startsWith(factory(component) + "$"))
                        .findFirst();
    }

    private static String factory(Component component) {
        return component.factory().getClass().getName();
    }

    /** The outermost class: {@code a.Mine} for {@code a.Mine$Factory}. */
    private static String file(String className) {
        int nested = className.indexOf('$');
        return nested < 0 ? className : className.substring(0, nested);
    }
}
