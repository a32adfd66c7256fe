package io.numclip.host.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Manifest;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDescriptor;
import org.pf4j.PropertiesPluginDescriptorFinder;

/** Reads the descriptor of an unpacked plugin: {@code plugin.properties} of a zip, else the manifest. */
final class UnpackedDescriptorFinder extends ManifestPluginDescriptorFinder {

    @Override
    public boolean isApplicable(Path unpacked) {
        return Files.isDirectory(unpacked);
    }

    @Override
    public PluginDescriptor find(Path unpacked) {
        return Files.isRegularFile(unpacked.resolve(PropertiesPluginDescriptorFinder.DEFAULT_PROPERTIES_FILE_NAME))
                ? new PropertiesPluginDescriptorFinder().find(unpacked)
                : super.find(unpacked);
    }

    @Override
    protected Manifest readManifest(Path unpacked) {
        Path manifest = unpacked.resolve("classes/META-INF/MANIFEST.MF");
        if (!Files.isRegularFile(manifest)) {
            throw new PluginRefusedException(
                    "has no META-INF/MANIFEST.MF, so it names no Plugin-Id",
                    "write Plugin-Id and Plugin-Version into the jar's manifest (docs/writing-a-plugin.md)");
        }
        try (InputStream stream = Files.newInputStream(manifest)) {
            return new Manifest(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
