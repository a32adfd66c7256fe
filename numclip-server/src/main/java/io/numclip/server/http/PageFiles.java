package io.numclip.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of the page, read from the jar once: what a browser may ask for, by path. */
public final class PageFiles {

    /** The page runs its own scripts and shows pictures that the user has chosen, and asks nobody else for anything. */
    public static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
            + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private static final String INDEX = "index.html";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "jpg", "image/jpeg",
            "json", "application/json",
            "txt", "text/plain;charset=utf-8");

    /** @param type its Content-Type */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record PageFile(String type, byte[] content) {

        public Answer answer() {
            Map<String, String> headers = Map.of(
                    "Content-Type",
                    type,
                    "Content-Security-Policy",
                    POLICY,
                    "Referrer-Policy",
                    "no-referrer",
                    "Cache-Control",
                    "no-cache");
            return new Answer(200, headers, content);
        }
    }

    private final Map<String, PageFile> files;

    private PageFiles(Map<String, PageFile> files) {
        this.files = files;
    }

    /**
     * @param folder beside the classes of the server
     * @throws IllegalStateException if a file has a type that is not known
     */
    public static PageFiles of(String folder) {
        try {
            URI index = Objects.requireNonNull(
                            PageFiles.class.getResource("/io/numclip/server/" + folder + "/" + INDEX))
                    .toURI();
            if (!"jar".equals(index.getScheme())) {
                return of(Path.of(index).resolveSibling("."));
            }
            try (FileSystem jar = FileSystems.newFileSystem(index, Map.of())) {
                return of(jar.provider().getPath(index).resolveSibling("."));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PageFiles of(Path folder) throws IOException {
        Path root = folder.normalize();
        Map<String, PageFile> files = new LinkedHashMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                files.put("/" + name, new PageFile(type(name), Files.readAllBytes(file)));
            }
        }
        files.put("/", Objects.requireNonNull(files.get("/" + INDEX)));
        return new PageFiles(files);
    }

    private static String type(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalStateException("the page has a file of a type that is not known: " + name);
        }
        return type;
    }

    /** The file at a path; null if there is none. */
    public @Nullable PageFile at(String path) {
        return files.get(path);
    }

    public List<String> paths() {
        return List.copyOf(files.keySet());
    }
}
