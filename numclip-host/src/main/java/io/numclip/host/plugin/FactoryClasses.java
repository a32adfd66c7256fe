package io.numclip.host.plugin;

import io.numclip.spi.ComponentFactory;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Checks a factory, before and after it is created. */
final class FactoryClasses {

    private static final Pattern TYPE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private FactoryClasses() {}

    /** Loads a class that the extension index names, and checks that it can be a factory. Runs none of its code. */
    static Class<?> load(String name, ClassLoader loader) {
        try {
            Class<?> factoryClass = loader.loadClass(name);
            refuseUnmakeable(factoryClass);
            refuseStranger(factoryClass);
            return factoryClass;
        } catch (ClassNotFoundException e) {
            throw new PluginRefusedException(
                    "META-INF/extensions.idx names class " + name + ", which does not exist",
                    "delete the build output of the plugin and build it again, so that the index is up to date");
        } catch (LinkageError e) {
            throw PluginFailure.of("class " + name, e);
        }
    }

    private static void refuseUnmakeable(Class<?> factoryClass) {
        boolean makeable = !Modifier.isAbstract(factoryClass.getModifiers())
                && Arrays.stream(factoryClass.getConstructors())
                        .anyMatch(constructor -> constructor.getParameterCount() == 0);
        if (!makeable) {
            throw new PluginRefusedException(
                    "class " + factoryClass.getName() + " has no public constructor without parameters",
                    "make the factory a public static class with such a constructor");
        }
    }

    private static void refuseStranger(Class<?> factoryClass) {
        if (ComponentKind.of(factoryClass).size() != 1) {
            throw new PluginRefusedException(
                    "class " + factoryClass.getName() + " is an extension, but not of exactly one kind of component",
                    "implement one of " + ComponentKind.factoryTypes());
        }
    }

    /** Asks a new factory for its name and its defaults, so that a broken one fails now. */
    static Component component(Object extension, String origin) {
        ComponentKind kind = ComponentKind.of(extension.getClass()).get(0);
        ComponentFactory<?> factory = (ComponentFactory<?>) extension;
        String type = factory.type();
        if (type == null || !TYPE.matcher(type).matches()) {
            throw new PluginRefusedException(
                    "class " + extension.getClass().getName() + " has type \"" + type + "\"",
                    "write the type in lower case, words joined by hyphens, such as count-density");
        }
        if (factory.defaults() == null) {
            throw new PluginRefusedException(
                    "the " + kind.singular() + " \"" + type + "\" has no defaults",
                    "return an instance of the settings record from defaults()");
        }
        return new Component(kind, type, factory, origin);
    }

    /** @param taken components that exist already, including earlier ones of the same plugin */
    static void refuseTaken(Component component, List<Component> taken) {
        taken.stream()
                .filter(other ->
                        other.kind() == component.kind() && other.type().equals(component.type()))
                .findFirst()
                .ifPresent(other -> {
                    throw new PluginRefusedException(
                            "brings the " + component.kind().singular() + " \"" + component.type()
                                    + "\", which already exists (" + other.origin() + ")",
                            "give it another type, or remove one of the two");
                });
    }
}
