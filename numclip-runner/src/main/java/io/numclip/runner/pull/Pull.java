package io.numclip.runner.pull;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.message.Console;
import io.numclip.host.message.PlainText;
import io.numclip.runner.pull.Listing.ListedFile;
import io.numclip.runner.pull.PullFolder.Pulled;
import io.numclip.runner.report.Table;
import io.numclip.runner.terminal.Progress;
import io.numclip.storage.FolderLock;
import io.numclip.storage.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Downloads a model to a folder. */
final class Pull {

    private final Console console;
    private final Surroundings surroundings;
    private final Endpoint endpoint;
    private final ModelName model;
    private final PullFolder folder;
    private final Progress lines;
    private final PullProgress progress;

    Pull(Console console, Surroundings surroundings, Endpoint endpoint, ModelName model, PullFolder folder) {
        this.console = console;
        this.surroundings = surroundings;
        this.endpoint = endpoint;
        this.model = model;
        this.folder = folder;
        this.lines = new Progress(console, false);
        this.progress = new PullProgress(lines);
    }

    void run() throws IOException, InterruptedException {
        FolderLock lock = folder.take();
        try {
            Optional<Pulled> earlier = folder.pulled();
            earlier.ifPresent(this::requireSameModel);
            boolean whole = earlier.isPresent() && folder.hasAll(earlier.get());
            if (whole && earlier.get().commit().equals(model.revision())) {
                say(folder.path() + " has all files of " + model + "; nothing was asked of " + endpoint.host());
            } else {
                ask(earlier, whole);
            }
        } finally {
            lines.close();
            lock.close();
        }
    }

    private void ask(Optional<Pulled> earlier, boolean whole) throws IOException, InterruptedException {
        Hub hub = new Hub(surroundings, endpoint, model, this::say);
        String revision = earlier.filter(begun -> !whole && begun.revision().equals(model.revision()))
                .map(Pulled::commit) // the branch may have moved in the meantime
                .orElse(model.revision());
        Listing listing = hub.list(revision);
        earlier.ifPresent(begun -> requireSameCommit(begun, listing.commit()));
        if (whole) {
            say(folder.path() + " has all files of " + model + ", each as it was; nothing was downloaded");
        } else {
            download(hub, listing);
        }
    }

    private void requireSameModel(Pulled earlier) {
        if (!earlier.model().equals(model.path())) {
            throw new NumClipException(
                    Kind.OUTPUT,
                    folder.path() + " holds hf:" + earlier.model() + ", not " + model,
                    "name another folder, or delete this one");
        }
    }

    private void requireSameCommit(Pulled earlier, String commit) {
        if (!earlier.commit().equals(commit)) {
            throw new NumClipException(
                    Kind.OUTPUT,
                    "%s holds commit %s of hf:%s; %s is %s now"
                            .formatted(
                                    folder.path(),
                                    earlier.shortCommit(),
                                    earlier.model(),
                                    model.revision(),
                                    commit.substring(0, 12)),
                    "name another folder; to check this one: %s pull hf:%s@%s %s"
                            .formatted(
                                    Invocation.NAME,
                                    earlier.model(),
                                    earlier.commit(),
                                    Invocation.argument(folder.path())));
        }
    }

    private void download(Hub hub, Listing listing) throws IOException, InterruptedException {
        folder.begin(pulled(listing, Map.of()));
        Map<String, Digests> written = new TreeMap<>();
        Optional<ListedFile> config = listing.file(Selection.CONFIG);
        if (config.isPresent()) { // which weights are taken depends on it
            bring(hub, listing.commit(), List.of(config.get()), written);
        }
        Selection selection = Selection.of(endpoint.host(), model, listing, modelType(config));
        describe(selection, listing.commit());
        bring(hub, listing.commit(), selection.taken(), written);
        Pulled pulled = pulled(listing, written);
        folder.end(pulled);
        long all = written.values().stream().mapToLong(Digests::bytes).sum();
        console.out()
                .println("%s has %s at commit %s: %d files, %s, each verified; %s says from where"
                        .formatted(
                                PlainText.printable(folder.path()),
                                model,
                                pulled.shortCommit(),
                                written.size(),
                                PullProgress.size(all),
                                folder.path().resolve(PullFolder.RECORD)));
    }

    private Pulled pulled(Listing listing, Map<String, Digests> files) {
        return new Pulled(
                model.path(),
                model.revision(),
                listing.commit(),
                endpoint.base().toString(),
                files);
    }

    /** Downloads the files that are not here yet; all of them are added to what is written. */
    private void bring(Hub hub, String commit, List<ListedFile> files, Map<String, Digests> written)
            throws IOException, InterruptedException {
        List<ListedFile> open = new ArrayList<>();
        for (ListedFile file : files) {
            if (!written.containsKey(file.name()) && !isHere(file, written)) {
                open.add(file);
            }
        }
        long bytes = missing(open);
        requireSpace(bytes);
        progress.expect(bytes);
        for (ListedFile file : open) {
            Digests digests = new FileDownload(folder, file, progress).run(hub, model, commit);
            say(file.name() + ": " + PullProgress.size(digests.bytes()) + ", verified");
            written.put(file.name(), digests);
        }
    }

    /** Whether an earlier download has brought a file; then it is added to what is written. */
    private boolean isHere(ListedFile file, Map<String, Digests> written) throws IOException {
        Path here = folder.file(file.name());
        if (!Files.isRegularFile(here)) {
            return false;
        }
        Digests found = Digests.of(here);
        String difference = file.difference(here, found);
        if (difference.isEmpty()) {
            written.put(file.name(), found);
        } else {
            say(here + ": " + difference + "; it is fetched anew");
        }
        return difference.isEmpty();
    }

    private long missing(List<ListedFile> open) throws IOException {
        long bytes = 0;
        for (ListedFile file : open) {
            long have = Files.exists(folder.part(file.name())) ? Files.size(folder.part(file.name())) : 0;
            bytes += Math.max(0, file.bytes() - have);
        }
        return bytes;
    }

    private void requireSpace(long bytes) throws IOException {
        long free = surroundings.free().bytes(folder.path());
        if (free < bytes) {
            throw new NumClipException(
                    Kind.IO,
                    "%s: %s are still to come, and %s are free"
                            .formatted(folder.path(), PullProgress.size(bytes), PullProgress.size(free)),
                    "make space and run the same command again, or name a folder on another disk");
        }
    }

    /** The type in the configuration that has just been verified; empty without one. */
    private String modelType(Optional<ListedFile> config) throws IOException {
        if (config.isEmpty() || config.get().bytes() > Limit.MODEL_JSON_BYTES.value()) {
            return "";
        }
        try {
            byte[] json = Files.readAllBytes(folder.file(Selection.CONFIG));
            return new ObjectMapper().readTree(json).path("model_type").asText();
        } catch (JacksonException e) {
            return "";
        }
    }

    private void describe(Selection selection, String commit) {
        console.out().println(model + " at commit " + commit + ", from " + endpoint.base());
        console.out()
                .print(rows(selection.taken().stream()
                        .map(file -> List.of("  " + file.name(), PullProgress.size(file.bytes())))
                        .toList()));
        if (!selection.leftOut().isEmpty()) {
            console.out().println("left out:");
            console.out()
                    .print(rows(selection.leftOut().stream()
                            .map(file -> List.of("  " + file.what(), PullProgress.size(file.bytes()), file.reason()))
                            .toList()));
        }
        console.out().flush();
    }

    private static String rows(List<List<String>> rows) {
        return new Table(rows.get(0).stream().map(cell -> "").toList(), rows).text();
    }

    private void say(String line) {
        lines.say(line);
    }
}
