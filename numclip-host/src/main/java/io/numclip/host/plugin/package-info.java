/**
 * The plugin host: finds jars and zips, checks them, and offers what they bring beside what is built in. Start with
 * {@link io.numclip.host.plugin.PluginHost} (what happens to a plugin file, in order) and
 * {@link io.numclip.host.plugin.PluginCatalog} (what the rest of the program asks).
 */
@NullMarked
package io.numclip.host.plugin;

import org.jspecify.annotations.NullMarked;
