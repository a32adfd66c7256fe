package io.numclip.host.plugin;

import java.lang.reflect.InvocationTargetException;
import org.pf4j.Plugin;
import org.pf4j.PluginFactory;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginWrapper;

/** Creates a plugin's own {@code Plugin-Class} if it names one; throws the reason where PF4J would return null. */
final class StrictPluginFactory implements PluginFactory {

    @Override
    public Plugin create(PluginWrapper wrapper) {
        String name = wrapper.getDescriptor().getPluginClass();
        try {
            Class<?> pluginClass = wrapper.getPluginClassLoader().loadClass(name);
            return pluginClass.asSubclass(Plugin.class).getConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw new PluginRefusedException(
                    "names Plugin-Class " + name + ", which does not exist",
                    "correct the manifest, or leave Plugin-Class out: factories need none");
        } catch (InvocationTargetException e) {
            throw new PluginRuntimeException(e.getCause(), "Plugin-Class {} fails", name);
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new PluginRuntimeException(e, "Plugin-Class {} cannot be created", name);
        }
    }
}
