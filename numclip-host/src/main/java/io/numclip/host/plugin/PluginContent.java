package io.numclip.host.plugin;

import io.numclip.storage.CodePlace;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin file holds, in memory: its classes are loaded from the very bytes whose hash was checked, and nothing
 * is unpacked that somebody could change.
 *
 * @param beside the entries of a zip beside its {@code classes} and {@code lib}, by name
 * @param places the plugin's own classes and resources, then its libraries, in the order in which they are searched
 */
record PluginContent(SortedMap<String, byte[]> beside, List<Place> places) {

    PluginContent {
        beside = Collections.unmodifiableSortedMap(beside);
        places = List.copyOf(places);
    }

    /**
     * The classes and resources of the plugin itself, or of one library.
     *
     * @param name {@code classes}, or that of the library, such as {@code lib/words.jar}
     * @param entries by name, such as {@code com/example/Words.class}
     */
    record Place(String name, SortedMap<String, byte[]> entries) {

        Place {
            entries = Collections.unmodifiableSortedMap(entries);
        }

        CodePlace code() {
            return CodePlace.of(entries);
        }
    }

    /** The plugin's own classes and resources. */
    SortedMap<String, byte[]> own() {
        return places.get(0).entries();
    }

    /** The first entry of this name. */
    byte @Nullable [] entry(String name) {
        for (Place place : places) {
            byte[] content = place.entries().get(name);
            if (content != null) {
                return content;
            }
        }
        return null;
    }

    boolean hasClass(String className) {
        return entry(classFile(className)) != null;
    }

    boolean hasClasses() {
        return places.stream()
                .flatMap(place -> place.entries().keySet().stream())
                .anyMatch(name -> name.endsWith(".class"));
    }

    static String classFile(String className) {
        return className.replace('.', '/') + ".class";
    }

    /** All entries of this name, by their path, such as {@code lib/words.jar!/numclip/words.yaml}. */
    Map<String, byte[]> all(String name) {
        Map<String, byte[]> found = new LinkedHashMap<>();
        for (Place place : places) {
            byte[] content = place.entries().get(name);
            if (content != null) {
                found.put(place.name() + "!/" + name, content);
            }
        }
        return found;
    }
}
