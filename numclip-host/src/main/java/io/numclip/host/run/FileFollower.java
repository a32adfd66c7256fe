package io.numclip.host.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.NumClipException;
import io.numclip.host.files.EpochsCsv;
import io.numclip.host.follow.FollowedEpoch;
import io.numclip.host.follow.Follower;
import io.numclip.host.result.RunFolder;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.RegularFile;
import io.numclip.training.progress.EpochResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Follows a run in its folder: its epochs as CSV and as JSON Lines, written as a whole after each of them. */
final class FileFollower implements Follower {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EPOCH = "epoch";
    private static final String FINISHED = "finished";

    private final Path csv;
    private final Path lines;

    FileFollower(RunFolder folder) {
        this.csv = folder.epochs();
        this.lines = folder.epochLines();
    }

    @Override
    public void reached(List<FollowedEpoch> epochs) throws IOException {
        try {
            write(epochs);
        } catch (IOException failure) {
            throw new IOException(
                    "epochs.csv and epochs.jsonl cannot be written (" + NumClipException.firstLine(failure)
                            + "); this is tried again after each epoch",
                    failure);
        }
    }

    void write(List<FollowedEpoch> epochs) throws IOException {
        EpochsCsv.write(csv, epochs.stream().map(FollowedEpoch::result).toList());
        StringBuilder text = new StringBuilder();
        for (FollowedEpoch epoch : epochs) {
            text.append(JSON.writeValueAsString(line(epoch))).append('\n');
        }
        AtomicFile.write(lines, text.toString());
    }

    private static Map<String, Object> line(FollowedEpoch epoch) {
        EpochResult result = epoch.result();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put(EPOCH, result.epoch());
        line.put("loss", result.totalLoss());
        line.put("losses", result.losses());
        line.put("validationMae", result.validationMae());
        line.put("best", result.best());
        line.put("skippedSteps", result.skippedSteps());
        line.put("learningRates", epoch.learningRates());
        line.put("seconds", result.seconds());
        line.put(FINISHED, epoch.finished().toString());
        return line;
    }

    /** The times at which the epochs of earlier processes were over, as far as the file tells. */
    Map<Integer, Instant> times() throws IOException {
        Map<Integer, Instant> times = new HashMap<>();
        if (RegularFile.exists(lines)) {
            String text = new String(RegularFile.read(lines), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                addTime(line, times);
            }
        }
        return times;
    }

    private static void addTime(String line, Map<Integer, Instant> times) {
        try {
            JsonNode epoch = JSON.readTree(line);
            times.put(
                    epoch.path(EPOCH).asInt(),
                    Instant.parse(epoch.path(FINISHED).asText()));
        } catch (JsonProcessingException | DateTimeParseException changed) {
            return; // by somebody else; the time is not known
        }
    }
}
