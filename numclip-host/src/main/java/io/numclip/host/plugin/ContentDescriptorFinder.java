package io.numclip.host.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.jar.Manifest;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDescriptor;
import org.pf4j.PropertiesPluginDescriptorFinder;

/** Reads the descriptor of a plugin: {@code plugin.properties} of a zip, else the manifest. */
final class ContentDescriptorFinder extends ManifestPluginDescriptorFinder {

    /** PF4J's, without its file. */
    private static final class OfProperties extends PropertiesPluginDescriptorFinder {

        PluginDescriptor of(byte[] text) throws IOException {
            Properties properties = new Properties();
            properties.load(new StringReader(new String(text, StandardCharsets.UTF_8)));
            return createPluginDescriptor(properties);
        }
    }

    PluginDescriptor find(PluginContent plugin) {
        try {
            byte[] properties = plugin.beside().get(PropertiesPluginDescriptorFinder.DEFAULT_PROPERTIES_FILE_NAME);
            if (properties != null) {
                return new OfProperties().of(properties);
            }
            byte[] manifest = plugin.own().get("META-INF/MANIFEST.MF");
            if (manifest == null) {
                throw new PluginRefusedException(
                        "has no META-INF/MANIFEST.MF, so it names no Plugin-Id",
                        "write Plugin-Id and Plugin-Version into the jar's manifest (docs/writing-a-plugin.md)");
            }
            return createPluginDescriptor(new Manifest(new ByteArrayInputStream(manifest)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
