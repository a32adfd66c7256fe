package io.numclip.host.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Unpacks one plugin into an empty folder, in PF4J's layout: {@code classes/} and {@code lib/*.jar}. */
final class PluginUnpacker {

    private final EntryNames names = new EntryNames();
    private final ArchiveBudget budget;
    private final Path target;

    private PluginUnpacker(ArchiveBudget budget, Path target) {
        this.budget = budget;
        this.target = target;
    }

    /**
     * @param archive a private copy of the file's bytes
     * @param folder the target; a jar goes into its {@code classes}
     */
    static void unpack(PluginFile file, Path archive, Path folder) throws IOException {
        SymbolicLinks.first(file.content()).ifPresent(link -> {
            throw EntryNames.refused(link, "is a symbolic link");
        });
        Path target = Files.createDirectories(file.isZip() ? folder : folder.resolve("classes"));
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            new PluginUnpacker(new ArchiveBudget(file.content().length), target).unpack(zip);
        } catch (ZipException | IllegalArgumentException e) {
            throw new PluginRefusedException(
                    "is not a readable zip (" + e.getMessage() + ")", "build it or copy it again");
        }
        ReservedClasses.refuseIn(folder);
    }

    private void unpack(ZipFile zip) throws IOException {
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            budget.countEntry();
            Path path = target.resolve(names.checked(entry.getName()));
            if (entry.isDirectory()) {
                Files.createDirectories(path);
            } else {
                copy(zip, entry, path);
            }
        }
    }

    private void copy(ZipFile zip, ZipEntry entry, Path path) throws IOException {
        Files.createDirectories(path.resolveSibling(""));
        byte[] buffer = new byte[8192];
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(path)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                budget.countBytes(read);
                out.write(buffer, 0, read);
            }
        }
    }
}
