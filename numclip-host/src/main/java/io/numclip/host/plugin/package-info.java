/**
 * The plugin host: finds jars and zips, checks them, and offers their components and the built-in ones. Start with
 * {@link io.numclip.host.plugin.PluginHost} (what happens to a plugin file, in order) and
 * {@link io.numclip.host.plugin.PluginCatalog} (what the rest of the program uses).
 */
@NullMarked
package io.numclip.host.plugin;

import org.jspecify.annotations.NullMarked;
