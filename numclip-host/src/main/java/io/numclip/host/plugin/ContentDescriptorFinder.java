package io.numclip.host.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDescriptor;
import org.pf4j.PropertiesPluginDescriptorFinder;

/** Reads the descriptor of a plugin: {@code plugin.properties} of a zip, else the manifest. */
final class ContentDescriptorFinder extends ManifestPluginDescriptorFinder {

    private static final String FIX =
            "write Plugin-Id and Plugin-Version into the jar's manifest (docs/writing-a-plugin.md)";

    /** PF4J's, without its file. */
    private static final class OfProperties extends PropertiesPluginDescriptorFinder {

        PluginDescriptor of(byte[] text) throws IOException {
            Properties properties = new Properties();
            properties.load(new StringReader(new String(text, StandardCharsets.UTF_8)));
            return createPluginDescriptor(properties);
        }
    }

    PluginDescriptor find(PluginContent plugin) throws IOException {
        byte[] properties = plugin.beside().get(PropertiesPluginDescriptorFinder.DEFAULT_PROPERTIES_FILE_NAME);
        return properties == null ? createPluginDescriptor(manifest(plugin)) : new OfProperties().of(properties);
    }

    private static Manifest manifest(PluginContent plugin) {
        byte[] manifest = plugin.own().get(JarFile.MANIFEST_NAME);
        if (manifest == null) {
            throw new PluginRefusedException("has no " + JarFile.MANIFEST_NAME + ", so it names no Plugin-Id", FIX);
        }
        try {
            return new Manifest(new ByteArrayInputStream(manifest));
        } catch (IOException e) {
            throw new PluginRefusedException("has a damaged " + JarFile.MANIFEST_NAME + ": " + e.getMessage(), FIX);
        }
    }
}
