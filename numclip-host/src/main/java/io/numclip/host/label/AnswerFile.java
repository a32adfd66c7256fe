package io.numclip.host.label;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers, each a line of JSON that is on the disk when {@link #append} returns. Nothing that is written is ever changed; a last
 * line without an end, of a process that was killed, is no answer. One process at a time has it open.
 */
public final class AnswerFile implements AutoCloseable {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    private static final String ENDING = ".answers.jsonl";

    private final FileChannel channel;
    private final About about;
    private final List<Answer> answers = new ArrayList<>();

    /**
     * The first line.
     *
     * @param labels of this form of file
     * @param folder of the images, relative to this file
     * @param words of the scale; null: a task has it
     * @param unit of the words
     * @param task that has the scale
     */
    public record About(
            int labels,
            String folder,
            @Nullable String words,
            @Nullable String unit,
            @Nullable String task) {}

    private AnswerFile(FileChannel channel, About about) {
        this.channel = channel;
        this.about = about;
    }

    /** The file with the answers behind a list, such as {@code labels.answers.jsonl} beside {@code labels.csv}. */
    public static Path beside(Path list) {
        String name = String.valueOf(list.getFileName());
        return list.resolveSibling(name.replaceFirst("(?i)\\.csv$", "") + ENDING);
    }

    /** Writes the first line of a new file. */
    public static void create(Path file, About about) throws IOException {
        AtomicFile.writeNew(file, JSON.writeValueAsString(about) + "\n");
    }

    /**
     * Opens a file with the answers that are in it.
     *
     * @throws NumClipException if it is in use, or has other lines than this class writes
     */
    public static AnswerFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(file, channel);
            byte[] bytes = RegularFile.read(file);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            List<String> lines =
                    new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
            AnswerFile opened = new AnswerFile(channel, about(file, lines));
            for (int i = 1; i < lines.size(); i++) {
                opened.answers.add(answer(file, i, lines.get(i)));
            }
            channel.truncate(end);
            channel.position(end);
            return opened;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void lock(Path file, FileChannel channel) throws IOException {
        boolean free;
        try {
            free = channel.tryLock() != null;
        } catch (OverlappingFileLockException here) {
            free = false;
        }
        if (!free) {
            throw new NumClipException(
                    Kind.BUSY, file + ": another process takes answers into it", "end that one, or name another --out");
        }
    }

    private static About about(Path file, List<String> lines) {
        try {
            return JSON.readValue(lines.isEmpty() ? "" : lines.get(0), About.class);
        } catch (JsonProcessingException e) {
            throw damaged(file, 1, "expected the first line of a file of answers");
        }
    }

    private static Answer answer(Path file, int index, String line) {
        try {
            Answer answer = JSON.readValue(line, Answer.class);
            if (answer.id() != index || answer.image() == null || answer.by() == null || answer.said() == null) {
                throw damaged(file, index + 1, "expected answer " + index + " of a person on an image");
            }
            return answer;
        } catch (JsonProcessingException e) {
            throw damaged(file, index + 1, "no answer in JSON");
        }
    }

    private static NumClipException damaged(Path file, int line, String what) {
        return new NumClipException(
                Kind.DATA,
                file + ":" + line + ": " + what,
                "put the file back from a copy, or begin another one with --out");
    }

    public About about() {
        return about;
    }

    /** In the order in which they were given. */
    public List<Answer> answers() {
        return List.copyOf(answers);
    }

    /** Returns when the answer is on the disk; where that fails, it is not in the file either. */
    void append(Answer answer) throws IOException {
        byte[] line = (JSON.writeValueAsString(answer) + "\n").getBytes(StandardCharsets.UTF_8);
        long end = channel.position();
        try {
            AtomicFile.writeAll(channel, ByteBuffer.wrap(line));
            channel.force(false);
        } catch (IOException e) {
            channel.truncate(end);
            throw e;
        }
        answers.add(answer);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
