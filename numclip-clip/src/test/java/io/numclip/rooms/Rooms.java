package io.numclip.rooms;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The size of things in a module: packages of at most {@value #FILES} files, circles of at most {@value #CIRCLE} files,
 * records of at most {@value #COMPONENTS} components, bodies of at most {@value #LINES} lines.
 */
public final class Rooms {

    private static final int FILES = 25;
    private static final int CIRCLE = 4;
    private static final int COMPONENTS = 10;
    private static final int LINES = 30;

    private final Path sources;
    private final Path classes;
    private final Map<String, String> named = new HashMap<>();

    private Rooms(Path sources, Path classes) {
        this.sources = sources;
        this.classes = classes;
    }

    /** @param module folder of the module, already compiled */
    public static Rooms in(Path module) {
        return new Rooms(module.resolve("src/main/java"), module.resolve("target/classes"));
    }

    /** Lets something be larger: a package, a record, a file of a circle, or {@code Type.method}. */
    public Rooms except(String name, String reason) {
        named.put(name, reason);
        return this;
    }

    /** What is too large, with its size; and exceptions that nothing needs any more. */
    public List<String> tooLarge() throws IOException {
        Map<String, String> found = new TreeMap<>();
        packages(found);
        bodies(found);
        JavaClasses imported = new ClassFileImporter().importPath(classes);
        records(found, imported);
        circles(found, imported);
        List<String> problems = new ArrayList<>();
        found.forEach((name, size) -> {
            if (!named.containsKey(name)) {
                problems.add(name + ": " + size);
            }
        });
        named.keySet().stream()
                .filter(name -> !found.containsKey(name))
                .forEach(name -> problems.add(name + ": is not too large; take the exception away"));
        return problems;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(sources)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .toList();
        }
    }

    private void packages(Map<String, String> found) throws IOException {
        files().stream()
                .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()))
                .forEach((folder, count) -> {
                    if (count > FILES) {
                        String name = sources.relativize(folder).toString().replace('/', '.');
                        found.put(name, count + " files, at most " + FILES);
                    }
                });
    }

    private void bodies(Map<String, String> found) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files()));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new Bodies(unit, positions, found).scan(unit, null);
            }
        }
    }

    private static final class Bodies extends TreePathScanner<Void, Void> {

        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final Map<String, String> found;

        Bodies(CompilationUnitTree unit, SourcePositions positions, Map<String, String> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            if (method.getBody() != null) {
                long lines = line(positions.getEndPosition(unit, method.getBody()))
                        - line(positions.getStartPosition(unit, method.getBody()))
                        - 1;
                if (lines > LINES) {
                    String file = Path.of(unit.getSourceFile().getName())
                            .getFileName()
                            .toString();
                    found.put(file.replace("java", "") + method.getName(), lines + " lines, at most " + LINES);
                }
            }
            return super.visitMethod(method, nothing);
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }

    private static void records(Map<String, String> found, JavaClasses imported) {
        imported.stream().filter(JavaClass::isRecord).forEach(type -> {
            long components = type.getFields().stream()
                    .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                    .count();
            if (components > COMPONENTS) {
                found.put(type.getName(), components + " components, at most " + COMPONENTS);
            }
        });
    }

    /** By the first file of each circle, in the order of the alphabet. */
    private static void circles(Map<String, String> found, JavaClasses imported) {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass type : imported) {
            String file = file(type);
            Set<String> known = uses.computeIfAbsent(file, key -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> imported.contain(target.getName()))
                    .map(Rooms::file)
                    .filter(other -> !other.equals(file))
                    .forEach(known::add);
        }
        for (Set<String> circle : circles(uses)) {
            if (circle.size() > CIRCLE) {
                found.put(
                        circle.iterator().next(),
                        "a circle of " + circle.size() + " files, at most " + CIRCLE + ": "
                                + circle.stream()
                                        .map(name -> name.substring(name.lastIndexOf('.') + 1))
                                        .collect(Collectors.joining(", ")));
            }
        }
    }

    private static String file(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }

    /** Files that reach each other: reachable from the first one, and it from them. */
    private static List<Set<String>> circles(Map<String, Set<String>> uses) {
        Map<String, Set<String>> reached =
                uses.keySet().stream().collect(Collectors.toMap(name -> name, name -> reachable(name, uses)));
        Set<String> left = new TreeSet<>(uses.keySet());
        List<Set<String>> circles = new ArrayList<>();
        while (!left.isEmpty()) {
            String first = left.iterator().next();
            Set<String> circle = reached.get(first).stream()
                    .filter(other -> reached.get(other).contains(first))
                    .collect(Collectors.toCollection(TreeSet::new));
            circle.add(first);
            left.removeAll(circle);
            circles.add(circle);
        }
        return circles;
    }

    private static Set<String> reachable(String start, Map<String, Set<String>> uses) {
        Set<String> seen = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(uses.get(start));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (seen.add(next)) {
                open.addAll(uses.getOrDefault(next, Set.of()));
            }
        }
        return seen;
    }
}
