package io.numclip.host.plugin;

import io.numclip.storage.Limit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Reads a plugin's archive into memory: a jar, or a zip in PF4J's layout, {@code classes/} and {@code lib/*.jar}. */
final class PluginReader {

    private static final String CLASSES = "classes/";
    private static final String LIBRARIES = "lib/";
    private static final String VERSIONS = "META-INF/versions/";
    private static final String FIX = "build it or copy it again";

    private final ArchiveBudget budget;

    private PluginReader(ArchiveBudget budget) {
        this.budget = budget;
    }

    /** @throws PluginRefusedException if it is no valid archive, too large, or holds or needs classes of the host */
    static PluginContent read(PluginFile file) throws IOException {
        SymbolicLinks.first(file.content()).ifPresent(link -> {
            throw EntryNames.refused(link, "is a symbolic link");
        });
        try {
            PluginReader reader = new PluginReader(new ArchiveBudget(file.content().length));
            EntryNames names = new EntryNames();
            SortedMap<String, byte[]> entries = reader.entries(file.content(), Limit.PLUGIN_ENTRIES, names::checked);
            PluginContent content = file.isZip() ? reader.zip(entries) : reader.jar(entries);
            ReservedClasses.refuseIn(content);
            ClosedClasses.refuseIn(content);
            return content;
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new PluginRefusedException("is not a readable zip (" + e.getMessage() + ")", FIX);
        }
    }

    private PluginContent jar(SortedMap<String, byte[]> entries) {
        return new PluginContent(new TreeMap<>(), List.of(new PluginContent.Place("classes", entries)));
    }

    private PluginContent zip(SortedMap<String, byte[]> entries) throws IOException {
        SortedMap<String, byte[]> classes = new TreeMap<>();
        SortedMap<String, byte[]> beside = new TreeMap<>();
        List<PluginContent.Place> places = new ArrayList<>();
        places.add(new PluginContent.Place("classes", classes));
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            String name = entry.getKey();
            if (name.startsWith(CLASSES)) {
                classes.put(name.substring(CLASSES.length()), entry.getValue());
            } else if (name.startsWith(LIBRARIES) && name.endsWith(".jar")) {
                places.add(new PluginContent.Place(name, library(entry.getValue())));
            } else {
                beside.put(name, entry.getValue());
            }
        }
        return new PluginContent(beside, places);
    }

    /** A library with several versions of a class has the newest one for this Java under the plain name. */
    private SortedMap<String, byte[]> library(byte[] jar) throws IOException {
        SortedMap<String, byte[]> entries = entries(jar, Limit.PLUGIN_LIBRARY_ENTRIES, name -> name);
        byte[] manifest = entries.get("META-INF/MANIFEST.MF");
        if (manifest != null && isVersioned(manifest)) {
            for (int version = 9; version <= Runtime.version().feature(); version++) {
                String prefix = VERSIONS + version + "/";
                Map<String, byte[]> newer = Map.copyOf(entries.subMap(prefix, prefix + Character.MAX_VALUE));
                newer.forEach((name, content) -> entries.put(name.substring(prefix.length()), content));
            }
        }
        return entries;
    }

    private static boolean isVersioned(byte[] manifest) throws IOException {
        Attributes attributes = new Manifest(new ByteArrayInputStream(manifest)).getMainAttributes();
        return Boolean.parseBoolean(attributes.getValue(Attributes.Name.MULTI_RELEASE));
    }

    private SortedMap<String, byte[]> entries(byte[] archive, Limit most, UnaryOperator<String> checked)
            throws IOException {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        int count = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                ArchiveBudget.checkEntries(++count, most);
                String name = checked.apply(entry.getName());
                if (!entry.isDirectory()) {
                    entries.put(name, content(zip));
                }
            }
        }
        if (count == 0) {
            throw new ZipException("it has no entries");
        }
        return entries;
    }

    private byte[] content(ZipInputStream zip) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
            budget.countBytes(read);
            content.write(buffer, 0, read);
        }
        return content.toByteArray();
    }
}
