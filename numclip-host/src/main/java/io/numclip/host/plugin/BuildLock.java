package io.numclip.host.plugin;

import io.numclip.host.plugin.TrustList.Entry;
import io.numclip.host.plugin.TrustList.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A step of our build: puts the task plugins that were just built on the trust list, and deletes those left by an older
 * build. Hashes are taken from the modules' own {@code target} folders, so that no other file in the plugins folder
 * gets on the list.
 */
public final class BuildLock {

    private static final String MODULE = "numclip-tasks-";

    private BuildLock() {}

    /** @param arguments the root of the source tree, the plugins folder, the version of the build */
    public static void main(String[] arguments) throws IOException {
        lock(Path.of(arguments[0]), Path.of(arguments[1]), arguments[2]);
    }

    static void lock(Path root, Path plugins, String version) throws IOException {
        List<Entry> built = new ArrayList<>();
        for (Path module : startingWith(root, MODULE)) {
            String jar = module.getFileName() + "-" + version + ".jar";
            deleteOlder(plugins, module.getFileName() + "-", jar);
            Path target = module.resolve("target").resolve(jar);
            if (Files.isRegularFile(target)) {
                built.add(new Entry(PluginFile.read(target).sha256(), jar, Source.BUILD));
            }
        }
        Path lockFile = new PluginFolders(plugins).lockFile();
        TrustList.change(lockFile, before -> before.withBuild(built));
    }

    private static void deleteOlder(Path plugins, String prefix, String current) throws IOException {
        Pattern ofThisBuild = Pattern.compile(Pattern.quote(prefix) + "\\d.*\\.jar");
        for (Path file : startingWith(plugins, prefix)) {
            String name = file.getFileName().toString();
            if (ofThisBuild.matcher(name).matches() && !name.equals(current)) {
                Files.delete(file);
            }
        }
    }

    private static List<Path> startingWith(Path folder, String prefix) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> listing = Files.list(folder)) {
            return listing.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }
}
