package io.numclip.host.plugin;

import io.numclip.data.NumClipException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds the plugin file that a user means: by its path, its name in the plugins folder, or its Plugin-Id. */
record PluginNames(PluginFolders folders, PluginGate gate) {

    /** @throws NumClipException if there is none, or if several have the id */
    Path file(String text) {
        Path path = Path.of(text);
        if (Files.exists(path)) {
            return path;
        }
        Path inFolder = folders.plugins().resolve(text);
        if (Files.exists(inFolder)) {
            return inFolder;
        }
        List<Path> named = PluginFolder.scan(folders.plugins()).files().stream()
                .filter(file -> has(file, text))
                .toList();
        if (named.size() != 1) {
            throw new NumClipException(
                    NumClipException.Kind.MISSING,
                    named.isEmpty()
                            ? "there is no file " + text + ", here or in " + folders.plugins()
                                    + ", and no plugin there with this id"
                            : "several files have the Plugin-Id " + text + ": " + named,
                    "name a jar or zip in " + folders.plugins());
        }
        return named.get(0);
    }

    private boolean has(Path file, String id) {
        try {
            return gate.inspect(file).id().equals(id);
        } catch (PluginRefusedException e) {
            return false; // what cannot be read has no id
        }
    }
}
