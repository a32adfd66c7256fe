package io.numclip.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * Builds plugin files for tests, valid or broken:
 * {@code PluginJarBuilder.plugin("good").sources(…).extension(…).writeTo(file)}. A later entry of the same name
 * replaces the earlier one.
 */
public final class PluginJarBuilder {

    private static final String INDEX = "META-INF/extensions.idx";

    private final Map<String, String> manifest = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Map<String, byte[]> beside = new LinkedHashMap<>();
    private final StringBuilder index = new StringBuilder();

    private PluginJarBuilder() {}

    /** A plugin of version 1.0.0 for SPI 1, still without code. */
    public static PluginJarBuilder plugin(String id) {
        return new PluginJarBuilder()
                .manifest("Plugin-Id", id)
                .manifest("Plugin-Version", "1.0.0")
                .manifest("Plugin-Requires", ">=1.0.0 & <2.0.0");
    }

    /** A valid plugin with a task of the given type, made by {@link TestTaskSource#factoryClass}. */
    public static PluginJarBuilder taskPlugin(String type) {
        return plugin(type)
                .sources(TestTaskSource.of(type))
                .extension(TestTaskSource.factoryClass(type))
                .entry("numclip/" + type + ".yaml", "task: {type: " + type + "}\n");
    }

    public PluginJarBuilder manifest(String attribute, String value) {
        manifest.put(attribute, value);
        return this;
    }

    public PluginJarBuilder withoutManifest(String attribute) {
        manifest.remove(attribute);
        return this;
    }

    /** Compiles Java sources, by class name, against the class path of the test. */
    public PluginJarBuilder sources(Map<String, String> sources) {
        entries.putAll(TestCompiler.compile(sources));
        return this;
    }

    /** Names a class in the extension index. */
    public PluginJarBuilder extension(String className) {
        index.append(className).append('\n');
        return entry(INDEX, index.toString());
    }

    public PluginJarBuilder entry(String name, String text) {
        return entry(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public PluginJarBuilder entry(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    /** An entry of a zip next to its {@code classes} folder, such as {@code lib/one.jar}. */
    public PluginJarBuilder beside(String name, byte[] content) {
        beside.put(name, content);
        return this;
    }

    public PluginJarBuilder without(String entry) {
        entries.remove(entry);
        return this;
    }

    /** Makes a class claim to be compiled for another Java version: 61 is Java 17. */
    public PluginJarBuilder classFileVersion(String className, int major) {
        byte[] code = entries.get(className.replace('.', '/') + ".class");
        code[6] = (byte) (major >> 8);
        code[7] = (byte) major;
        return this;
    }

    /** Writes a jar; without attributes it gets no manifest. */
    public Path writeTo(Path file) {
        return write(file, entries, "");
    }

    /** Writes a zip in PF4J's layout, with everything under {@code classes/}. */
    public Path writeZipTo(Path file) {
        Map<String, byte[]> all = new LinkedHashMap<>(beside);
        entries.forEach((name, content) -> all.put("classes/" + name, content));
        return write(file, all, "classes/");
    }

    private Path write(Path file, Map<String, byte[]> all, String folder) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (OutputStream stream = Files.newOutputStream(file);
                    JarOutputStream jar = new JarOutputStream(stream)) {
                if (!manifest.isEmpty()) {
                    jar.putNextEntry(new ZipEntry(folder + "META-INF/MANIFEST.MF"));
                    manifest().write(jar);
                }
                for (Map.Entry<String, byte[]> entry : all.entrySet()) {
                    jar.putNextEntry(new ZipEntry(entry.getKey()));
                    jar.write(entry.getValue());
                }
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Manifest manifest() {
        Manifest result = new Manifest();
        result.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach((attribute, value) -> result.getMainAttributes().putValue(attribute, value));
        return result;
    }
}
