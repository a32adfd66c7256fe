package io.numclip.runner.predict;

import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.Region;
import io.numclip.host.NumClip;
import io.numclip.host.NumClips;
import io.numclip.host.assembly.RegionSearch;
import io.numclip.host.files.ErrorPolicy;
import io.numclip.host.files.PredictionRow;
import io.numclip.host.message.Console;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.PredictedModel;
import io.numclip.host.run.PredictionStream;
import io.numclip.runner.inputs.FoundImages;
import io.numclip.runner.inputs.Inputs;
import io.numclip.runner.inputs.OneImagePerPicture;
import io.numclip.runner.inputs.RegionChoice;
import io.numclip.runner.terminal.FewerAtOnce;
import io.numclip.runner.terminal.Progress;
import io.numclip.runner.terminal.Stoppable;
import io.numclip.storage.CannotCreateException;
import io.numclip.storage.FreeSpace;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One run of the command: from its arguments to its exit code. */
final class PredictRun {

    private static final long KEEP_NANOS = 1_000_000_000L;

    private final Console console;
    private final PredictRequest request;
    private final Map<String, String> options;
    private final RegionChoice regions;
    private @Nullable RegionSearch search;
    private long kept = System.nanoTime();

    /** @param options that change the numbers, by name */
    PredictRun(Console console, PredictRequest request, Map<String, String> options, RegionChoice regions) {
        this.console = console;
        this.request = request;
        this.options = options;
        this.regions = regions;
    }

    /** @return the exit code */
    int run(Function<List<Path>, NumClips> opening) throws IOException {
        return Stoppable.run(console, this::kept, () -> {
            refuseForeign();
            Inputs inputs = new Inputs(request.arguments().images(), request.lists(), System.in);
            OptionalLong total = inputs.survey(console.err()::println);
            try (NumClips models = opening.apply(request.arguments().models());
                    RegionSearch opened = regions.open(models.models()).orElse(null)) {
                search = opened;
                checkSidecars(inputs, total);
                return run(models, inputs, opened == null ? total : OptionalLong.empty());
            }
        });
    }

    private void refuseForeign() throws IOException {
        Path out = request.out();
        if (out != null && request.export() == null) {
            RowFile.refuseForeign(out, request.arguments().images());
        }
    }

    private int run(NumClips models, Inputs inputs, OptionalLong total) throws IOException {
        FewerAtOnce.tell(console, models.batch(), PredictionStream.BATCH);
        return run(models, inputs, total, shape(models, inputs));
    }

    private void checkSidecars(Inputs inputs, OptionalLong total) throws IOException {
        if (request.beside().sidecars() && search != null) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    "--xmp writes the number of a picture, and " + search.type()
                            + " finds any number of regions in one",
                    "leave out --xmp, or predict whole pictures with --regions none");
        }
        if (request.beside().sidecars() && total.isPresent()) { // standard input is looked at as it comes
            OneImagePerPicture.require(inputs);
        }
    }

    private RowShape shape(NumClips models, Inputs inputs) {
        List<Double> margins =
                models.models().stream().map(NumClip::regionMargin).toList();
        Set<String> columns = new LinkedHashSet<>(inputs.columns());
        if (search != null) {
            columns.addAll(Region.NAMES);
            columns.add(FoundImages.CONFIDENCE);
        }
        return new RowShape(named(models.models()), List.copyOf(columns), request.explain(), margins);
    }

    private String kept() {
        Path out = request.out();
        if (out == null) {
            return "the rows that are written are complete.";
        }
        return request.sort() != null || !Files.exists(RowFile.part(out))
                ? "nothing is kept."
                : "what is done is kept in " + RowFile.part(out) + ". Run the same command with --resume to go on.";
    }

    private int run(NumClips models, Inputs inputs, OptionalLong total, RowShape shape) throws IOException {
        Path out = request.out();
        if (out == null) {
            return toStandardOutput(models, inputs, total, shape);
        }
        LabellingTool export = request.export();
        if (export != null) {
            return toFolder(out, export, models, inputs, total, shape);
        }
        Map<String, String> settings = settings(shape);
        Optional<OutputState> complete = request.resume() ? RowFile.complete(out, settings) : Optional.empty();
        return complete.isPresent()
                ? alreadyThere(out, complete.get().count(), inputs, models)
                : toFile(out, settings, models, inputs, total, shape);
    }

    private Inputs.Images images(Inputs inputs) {
        Inputs.Images images = inputs.images();
        if (search != null) {
            return new FoundImages(images, search);
        }
        return request.beside().sidecars() ? new OneImagePerPicture(images) : images;
    }

    private int toStandardOutput(NumClips models, Inputs inputs, OptionalLong total, RowShape shape)
            throws IOException {
        Writer out = console.out();
        request.format().begin(out, shape);
        Tally tally = new Tally(Tally.Count.none(shape.models().size()));
        boolean moving = request.format() != RowFormat.TEXT && console.terminal();
        try (Progress progress = new Progress(new Console(out, console.err(), moving), false);
                Inputs.Images images = images(inputs)) {
            score(
                    models,
                    images,
                    request.format().writer(out, shape, progress::say),
                    progress,
                    tally,
                    total,
                    count -> {});
        }
        out.flush();
        return end(models, tally.count(), inputs);
    }

    private int toFolder(
            Path out, LabellingTool export, NumClips models, Inputs inputs, OptionalLong total, RowShape shape)
            throws IOException {
        LabellingFiles.create(out);
        SortedRows rows = new SortedRows(SortedRows.Key.WIDTH);
        Tally tally = new Tally(Tally.Count.none(shape.models().size()));
        try (Progress progress = new Progress(console, false);
                Inputs.Images images = images(inputs)) {
            scoring(rows, models, progress, tally, total).run(models, images, count -> {});
        }
        export.files(labelled(models)).write(out, rows);
        return end(models, tally.count(), inputs);
    }

    private int toFile(
            Path out, Map<String, String> settings, NumClips models, Inputs inputs, OptionalLong total, RowShape shape)
            throws IOException {
        Tally tally;
        try (RowFile file = RowFile.open(
                        out, request.resume(), settings, shape.models().size());
                Inputs.Images images = images(inputs);
                Progress progress = new Progress(console, false)) {
            tally = new Tally(file.before());
            if (tally.done() > 0) {
                Scoring.pass(images, file.before(), out.toString());
                progress.say(out + ": going on after " + PlainText.counted(tally.done(), "image"));
            }
            if (file.isEmpty()) {
                request.format().begin(file.writer(), shape);
            }
            RowWriter rows = request.format().writer(file.writer(), shape, progress::say);
            score(models, images, rows, progress, tally, total, count -> keepNowAndThen(file, count));
            file.finish(tally.count());
        } catch (FileSystemException failure) {
            if (request.sort() != null || failure instanceof CannotCreateException) {
                throw failure;
            }
            throw unfinished(out, total, FreeSpace.OF_DISK, failure);
        }
        return end(models, tally.count(), inputs);
    }

    /** Says how much is free, and what the other rows need if they are like those that are done. */
    static NumClipException unfinished(Path out, OptionalLong total, FreeSpace space, FileSystemException failure)
            throws IOException {
        OutputState state = OutputState.read(out).orElse(null);
        long done = state == null ? 0 : state.count().done();
        String missing = state == null || done == 0 || total.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; the other %s need about %.1f MB",
                        PlainText.counted(total.getAsLong() - done, "image"),
                        (double) state.bytes() / done * (total.getAsLong() - done) / 1e6);
        double free = space.bytes(out.toAbsolutePath().resolveSibling("")) / 1e6;
        return new NumClipException(
                NumClipException.Kind.IO,
                String.format(Locale.ROOT, "%s; free on its disk are %.1f MB%s", failure.getMessage(), free, missing),
                "make space if the disk is full, then run the same command with --resume: "
                        + PlainText.counted(done, "image") + " of it are kept in " + RowFile.part(out),
                failure);
    }

    private void keepNowAndThen(RowFile file, Tally.Count count) throws IOException {
        if (request.sort() == null && System.nanoTime() - kept > KEEP_NANOS) {
            file.keep(count);
            kept = System.nanoTime();
        }
    }

    private void score(
            NumClips models,
            Inputs.Images images,
            RowWriter rows,
            Progress progress,
            Tally tally,
            OptionalLong total,
            Scoring.Keeping keeping)
            throws IOException {
        if (request.sort() == null) {
            scoring(rows, models, progress, tally, total).run(models, images, keeping);
            return;
        }
        SortedRows sorted = new SortedRows(request.sort());
        scoring(sorted, models, progress, tally, total).run(models, images, keeping);
        sorted.writeTo(rows);
    }

    private Scoring scoring(RowWriter rows, NumClips models, Progress progress, Tally tally, OptionalLong total) {
        Path maps = request.beside().maps();
        RowWriter drawn =
                maps == null ? rows : new MapRows(rows, models.models().get(0), maps, tally);
        RowWriter all =
                request.beside().sidecars() ? new SidecarRows(drawn, labelled(models), tally, progress::say) : drawn;
        return new Scoring(all, request.errors(), progress, tally, total);
    }

    private static List<LabelledModel> labelled(NumClips models) {
        List<LabelScale> scales = models.models().stream().map(NumClip::scale).toList();
        return LabelledModel.of(named(models.models()), scales);
    }

    private int alreadyThere(Path out, Tally.Count count, Inputs inputs, NumClips models) throws IOException {
        try (Inputs.Images images = images(inputs)) {
            Scoring.pass(images, count, out.toString());
            if (images.hasNext()) {
                throw Scoring.otherImages(
                        out.toString(),
                        "it is complete with " + PlainText.counted(count.done(), "image") + ", and there are more now");
            }
        }
        console.err().println(PlainText.printable(out) + ": is complete; nothing is left to do");
        return end(models, count, inputs);
    }

    /** Says how it went. */
    private int end(NumClips models, Tally.Count count, Inputs inputs) {
        long predicted = count.done() - count.failed();
        for (int i = 0; i < count.strange().size(); i++) {
            warn(models.models().get(i), count.strange().get(i), predicted);
        }
        if (count.damaged() > 0) {
            console.err()
                    .println(PlainText.counted(count.damaged(), "image is", "images are")
                            + " damaged, or of 16 bits of which 8 are seen, so these numbers may be wrong"
                            + (request.export() == null ? "; damaged in their rows says how" : ""));
        }
        if (count.withoutSidecar() > 0) {
            console.err()
                    .println(PlainText.counted(count.withoutSidecar(), "image has", "images have")
                            + " a number and no sidecar; give the command again when the reasons above are gone");
        }
        int unread = inputs.unreadFolders();
        console.err()
                .println(PlainText.counted(count.done(), "image") + ": " + predicted + " predicted, " + count.failed()
                        + " failed"
                        + (count.failed() > 0 && request.errors() == ErrorPolicy.ROWS ? "; their rows say why" : "")
                        + (unread == 0 ? "" : "; " + PlainText.counted(unread, "folder") + " not read"));
        console.err().flush();
        return count.failed() == 0 && count.withoutSidecar() == 0 && unread == 0
                ? ExitCodes.DONE
                : ExitCodes.SOME_FAILED;
    }

    private void warn(NumClip model, long strange, long images) {
        model.heldOut()
                .filter(familiar -> familiar.isUnlikely((int) strange, (int) images))
                .ifPresent(familiar -> console.err()
                        .println(model.name() + ": " + strange + " of " + PlainText.counted(images, "image")
                                + (strange == 1 ? " looks" : " look")
                                + " unlike those of the"
                                + " training, more than the share of " + familiar.rate()
                                + " that chance allows; numbers"
                                + " and intervals may be wrong for such images"));
    }

    /** Models by the names of their folders; a number is added where two have one name. */
    private static List<PredictedModel> named(List<NumClip> models) {
        Set<String> names = new HashSet<>();
        List<PredictedModel> named = new ArrayList<>();
        for (NumClip model : models) {
            String name = model.name();
            for (int i = 2; !names.add(name); i++) {
                name = model.name() + "-" + i;
            }
            named.add(PredictedModel.of(name, model.digest(), model.scale(), model.bins(), model.cuts())
                    .fromWords(model.isFromWords()));
        }
        return named;
    }

    private Map<String, String> settings(RowShape shape) {
        Map<String, String> settings = new LinkedHashMap<>(options);
        settings.put(
                "models",
                shape.models().stream()
                        .map(each -> each.name() + " " + each.digest())
                        .toList()
                        .toString());
        settings.put("images", String.join(" ", request.arguments().images()));
        settings.put("--column", String.valueOf(request.lists().column()));
        settings.put("--root", String.valueOf(request.lists().root()));
        settings.put("--errors", String.valueOf(request.errors()));
        settings.put("--sort", String.valueOf(request.sort()));
        settings.put("format", request.format().name());
        settings.put("columns", shape.kept().toString());
        if (request.format() == RowFormat.CSV) { // which had no column of this name in earlier versions
            settings.put(PredictionRow.DAMAGED, "a column");
        }
        if (request.beside().sidecars()) {
            settings.put("--xmp", "true");
        }
        if (search != null) {
            settings.put("--regions", search.settings());
        }
        if (request.explain()) { // so that files from before there were explanations can be resumed
            settings.put("--explain", "true");
        }
        return settings;
    }
}
