package io.numclip.runner.inputs;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A pattern of file names as shells have it. {@code **} stands for any number of folders, also none.
 *
 * @param folder from which on there are patterns
 * @param depth of folders that can match
 */
record Glob(Path folder, int depth, List<PathMatcher> matchers) implements Predicate<Path> {

    private static final String ANY_FOLDERS = "**/";

    static boolean isOne(String text) {
        return text.chars().anyMatch(letter -> "*?[{".indexOf(letter) >= 0);
    }

    /** @throws IllegalArgumentException if the pattern is not well formed */
    static Glob parse(String text) {
        int first = 0;
        while ("*?[{".indexOf(text.charAt(first)) < 0) {
            first++;
        }
        int slash = text.lastIndexOf('/', first);
        String fixed = text.substring(0, slash + 1);
        String pattern = text.substring(slash + 1);
        List<PathMatcher> matchers = new ArrayList<>();
        for (String each : withoutFolders(pattern)) {
            matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + each));
        }
        int depth = pattern.contains("**")
                ? Integer.MAX_VALUE
                : (int) pattern.chars().filter(c -> c == '/').count() + 1;
        return new Glob(Path.of(fixed), depth, List.copyOf(matchers));
    }

    /** Java lets {@code **}{@code /} stand for one folder or more. */
    private static List<String> withoutFolders(String pattern) {
        int place = pattern.indexOf(ANY_FOLDERS);
        if (place < 0) {
            return List.of(pattern);
        }
        String before = pattern.substring(0, place);
        List<String> all = new ArrayList<>();
        for (String after : withoutFolders(pattern.substring(place + ANY_FOLDERS.length()))) {
            all.add(before + ANY_FOLDERS + after);
            all.add(before + after);
        }
        return all;
    }

    @Override
    public boolean test(Path file) {
        Path relative = folder.relativize(file);
        return matchers.stream().anyMatch(matcher -> matcher.matches(relative));
    }
}
