package io.numclip.runner.inputs;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.input.Stopping;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The images that the arguments of a command name, in the order of the arguments: a file, the images in a folder, those that
 * match a pattern, those of a list ({@code .txt}, {@code .csv}, {@code .tsv}, {@code .jsonl}), or of standard input
 * ({@code -}). They are looked for while they are asked for, so that a million of them needs no list in memory.
 */
public final class Inputs {

    /** Standard input as an argument. */
    public static final String STANDARD_INPUT = "-";

    private static final int STOP_AFTER = 1000;

    private final List<String> arguments;
    private final ListOptions options;
    private final InputStream standardInput;
    private final Set<String> columns = new LinkedHashSet<>();
    private final Set<Path> unread = new HashSet<>();
    private @Nullable InputImage first; // of standard input, which can be read only once
    private @Nullable LineImages piped;

    public Inputs(List<String> arguments, ListOptions options, InputStream standardInput) {
        this.arguments = List.copyOf(arguments);
        this.options = options;
        this.standardInput = standardInput;
        if (arguments.stream().filter(STANDARD_INPUT::equals).count() > 1) {
            throw new NumClipException(Kind.USAGE, "standard input (-) is named twice", "name it once");
        }
    }

    /** Images that are looked for one after another; {@link #close} closes the list that is being read. */
    public interface Images extends Iterator<InputImage>, AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** Whether an argument names a list, or standard input, which may be one. */
    public static boolean isList(String argument) {
        return argument.equals(STANDARD_INPUT) || Argument.isList(argument);
    }

    /** @param unreadFolders as {@link Inputs#unreadFolders} */
    public record Found(List<InputImage> images, int unreadFolders) {

        /** The images as a model takes them, see {@link InputImage#image}. */
        public List<Object> contents() {
            return images.stream().map(InputImage::image).toList();
        }
    }

    /** All images, for a command that needs them at once. */
    public static Found all(List<Path> paths, Consumer<String> notices) throws IOException {
        List<String> names = paths.stream().map(Path::toString).toList();
        Inputs inputs = new Inputs(names, ListOptions.usual(), InputStream.nullInputStream());
        inputs.survey(notices);
        List<InputImage> found = new ArrayList<>();
        try (Images images = inputs.images()) {
            images.forEachRemaining(image -> found.add(image.withoutColumns()));
        }
        return new Found(found, inputs.unreadFolders());
    }

    /**
     * Looks at everything once, without opening an image.
     *
     * @param notices told what is left out
     * @return how many images there are; empty if standard input is among them, of which only the first is read
     * @throws NumClipException if there is none, or a list cannot be read
     */
    public OptionalLong survey(Consumer<String> notices) throws IOException {
        long count = 0;
        boolean known = true;
        for (String argument : arguments) {
            if (argument.equals(STANDARD_INPUT)) {
                known = false;
                peek();
            } else {
                count += count(new Argument(argument, options), notices);
            }
        }
        if (count == 0 && first == null) {
            throw new NumClipException(
                    Kind.MISSING,
                    "no image in " + String.join(", ", arguments),
                    "name images, folders or patterns that have some, or a list of images");
        }
        return known ? OptionalLong.of(count) : OptionalLong.empty();
    }

    private long count(Argument argument, Consumer<String> notices) throws IOException {
        LeftOut leftOut = argument.leftOut(unread);
        long count = 0;
        Iterator<InputImage> images = argument.images(leftOut);
        try {
            if (images instanceof TableImages table) {
                columns.addAll(table.kept());
            }
            while (images.hasNext()) {
                columns.addAll(images.next().columns().keySet());
                if (++count % STOP_AFTER == 0) {
                    Stopping.ifAsked();
                }
            }
        } finally {
            close(images);
        }
        if (count == 0) {
            notices.accept(argument.text() + ": no image");
        }
        leftOut.tell(notices);
        return count;
    }

    private void peek() {
        LineImages in = new LineImages("standard input", standardInput, ListRoot.of(options.root()), options);
        piped = in;
        if (in.hasNext()) {
            first = in.next();
            columns.addAll(first.columns().keySet());
        }
    }

    /** What the lists say of images besides their names; known after {@link #survey}. */
    public List<String> columns() {
        return List.copyOf(columns);
    }

    /** How many folders below those that were named could not be read so far; the images in them are not known. */
    public int unreadFolders() {
        return unread.size();
    }

    /** The images from the first on; where standard input is among them, only once. Call {@link #survey} before. */
    public Images images() {
        return new Chain();
    }

    private Iterator<InputImage> open(String argument) throws IOException {
        if (!argument.equals(STANDARD_INPUT)) {
            Argument named = new Argument(argument, options);
            return named.images(named.leftOut(unread));
        }
        Iterator<InputImage> rest = piped;
        if (rest == null) {
            throw new IllegalStateException("survey comes first");
        }
        InputImage begun = first;
        first = null;
        return begun == null ? rest : new Begun(begun, rest);
    }

    private static void close(Iterator<InputImage> images) throws IOException {
        if (images instanceof TableImages table) {
            table.close();
        } else if (images instanceof LineImages lines) {
            lines.close();
        }
    }

    /** An image that has been read already, and those after it. */
    private static final class Begun implements Iterator<InputImage> {

        private final Iterator<InputImage> rest;
        private @Nullable InputImage first;

        Begun(InputImage first, Iterator<InputImage> rest) {
            this.first = first;
            this.rest = rest;
        }

        @Override
        public boolean hasNext() {
            return first != null || rest.hasNext();
        }

        @Override
        public InputImage next() {
            InputImage image = first;
            first = null;
            return image == null ? rest.next() : image;
        }
    }

    private final class Chain implements Images {

        private final Iterator<String> left = arguments.iterator();
        private Iterator<InputImage> images = List.<InputImage>of().iterator();

        @Override
        public boolean hasNext() {
            try {
                while (!images.hasNext() && left.hasNext()) {
                    Inputs.close(images);
                    images = open(left.next());
                }
                return images.hasNext();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public InputImage next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return images.next();
        }

        @Override
        public void close() throws IOException {
            Inputs.close(images);
        }
    }
}
