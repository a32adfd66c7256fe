package io.numclip.host.plugin;

import java.lang.reflect.InvocationTargetException;
import org.pf4j.Plugin;
import org.pf4j.PluginFactory;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginWrapper;

/** Makes a plugin's own {@code Plugin-Class} where it names one; says why when it cannot, where PF4J returns null. */
final class StrictPluginFactory implements PluginFactory {

    @Override
    public Plugin create(PluginWrapper wrapper) {
        String name = wrapper.getDescriptor().getPluginClass();
        try {
            Class<?> pluginClass = wrapper.getPluginClassLoader().loadClass(name);
            return pluginClass.asSubclass(Plugin.class).getConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw new PluginRefusedException(
                    "names Plugin-Class " + name + ", which is not there",
                    "correct the manifest, or leave Plugin-Class out: factories need none");
        } catch (InvocationTargetException e) {
            throw new PluginRuntimeException(e.getCause(), "Plugin-Class {} fails", name);
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new PluginRuntimeException(e, "Plugin-Class {} cannot be made", name);
        }
    }
}
