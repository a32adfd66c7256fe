package io.numclip.runner.serve;

import io.numclip.data.NumClipException;
import io.numclip.host.NumClip;
import io.numclip.host.assembly.RegionSearch;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.host.run.ExportedModels;
import io.numclip.host.run.TrainedModel;
import io.numclip.host.run.WordModel;
import io.numclip.runner.inputs.RegionChoice;
import io.numclip.runner.terminal.Computes;
import io.numclip.runner.terminal.FewerAtOnce;
import io.numclip.runner.terminal.ModelOptions;
import io.numclip.runner.terminal.Services;
import io.numclip.server.Batching;
import io.numclip.server.NumClipServer;
import io.numclip.server.OpenedModels;
import io.numclip.server.Secret;
import io.numclip.server.ServerSettings;
import io.numclip.storage.Limit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves trained models over HTTP until a signal comes. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Answers over HTTP: images in, numbers out, and a page to try it. Several models that were trained"
                        + " over the same CLIP share its weights and one pass of each image. Ctrl-C or SIGTERM ends it: accepted"
                        + " requests are still answered.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip serve runs/age-1",
            "  numclip serve age=runs/age-1 beauty=runs/aesthetics-1 --port 9000",
            "  numclip serve age.onnx",
            "  numclip serve age                                from words, without training",
            "  curl --data-binary @portrait.jpg -H 'Content-Type: image/jpeg' \\",
            "    http://127.0.0.1:8080/v1/predict",
            "  NUMCLIP_TOKEN=$(openssl rand -hex 32) numclip serve runs/age-1 --host 0.0.0.0"
        })
public final class ServeCommand implements Computes {

    /** The token comes from the environment, where no list of processes shows it. */
    private static final String TOKEN = "NUMCLIP_TOKEN";

    private static final int LONGEST_NAME = 64;
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0," + (LONGEST_NAME - 1) + "}";

    /** A name and a folder; an equals sign behind a separator belongs to a path. */
    private static final Pattern NAMED = Pattern.compile("([^=/\\\\]+)=(.*)");

    private static final int SECONDS_TO_CLOSE = 15;

    @Parameters(
            arity = "1..*",
            paramLabel = "[NAME=]RUN",
            description =
                    "Run folders, written by 'numclip train', files of 'numclip export', or names of recipes, which"
                            + " answer from words alone. Clients call a model by"
                            + " its name; without one, by that of its folder or file.")
    private List<String> runs;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            paramLabel = "ADDRESS",
            description = "Where to listen. Any other address than that of this machine alone needs a token. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "8080",
            paramLabel = "PORT",
            description = "0: any that is free. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "A file with the token that clients must send, that only you can read. Default: the environment"
                            + " variable " + TOKEN + ", if there is one.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--allow-unauthenticated",
            description = "Answers everybody who can reach the address, without a token.")
    private boolean allowUnauthenticated;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description = "Another name that requests may have in their header Host, such as that of a proxy on this"
                    + " machine. May be repeated.")
    private List<String> hostNames = List.of();

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "How many images are predicted together at most. Default: 8, or fewer where memory is short.")
    private @Nullable Integer batchSize;

    @Option(
            names = "--max-batch-delay",
            defaultValue = "10",
            paramLabel = "MS",
            description = "How many milliseconds an image waits for others. Default: ${DEFAULT-VALUE}.")
    private int maxBatchDelay;

    @Option(
            names = "--job-queue-size",
            defaultValue = "32",
            paramLabel = "N",
            description = "How many requests are accepted and not yet answered at most; further ones are told to come"
                    + " again. Default: ${DEFAULT-VALUE}.")
    private int jobQueueSize;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "How many batches are predicted at the same time; they share the processors. More of them"
                    + " answer more images a second, fewer answer a single image faster. Default: one for each two"
                    + " processors, from 2 to 4.")
    private int workers = Batching.usualWorkers();

    @Option(
            names = "--regions",
            paramLabel = "FINDER",
            description =
                    "Finds the images in pictures of which a request names no region: the name of a finder of a plugin, or"
                            + " name and settings as '{type: NAME, SETTING: VALUE}'; none: whole pictures. Default: the finder"
                            + " that the models were trained with, if there is one.")
    private @Nullable String regions;

    @Mixin
    private ModelOptions model;

    private final Services services;

    public ServeCommand(Services services) {
        this.services = services;
    }

    @Override
    public boolean needsPyTorch() {
        return !named(runs).values().stream().allMatch(ExportedModels::isOne);
    }

    @Override
    public Integer call() throws IOException {
        int most = batchSize == null ? Batching.USUAL_SIZE : batchSize;
        Batching batching = new Batching(most, Duration.ofMillis(maxBatchDelay), jobQueueSize, workers);
        ServerSettings settings = new ServerSettings(host, port, token(), allowUnauthenticated, hostNames, batching);
        OpenedModels models = OpenedModels.open(found(), services.catalog(), options());
        services.ending().isUsualWithin(Limit.HTTP_DRAIN_SECONDS.intValue() + SECONDS_TO_CLOSE);
        RegionSearch search = null;
        NumClipServer server;
        try {
            search = new RegionChoice(regions, services.catalog())
                    .open(models.models())
                    .orElse(null);
            server = NumClipServer.start(fitting(settings, models), models.served(), models.scoring(), search);
        } catch (RuntimeException e) {
            close(models, search);
            throw e;
        }
        services.console()
                .out()
                .println("NumCLIP answers at " + server.address() + " with "
                        + String.join(", ", named(runs).keySet()) + "; Ctrl-C ends it");
        services.console().out().flush();
        awaitSignal();
        return end(server, models, search);
    }

    private Map<String, Path> found() throws IOException {
        Map<String, Path> found = new LinkedHashMap<>();
        for (Map.Entry<String, Path> each : named(runs).entrySet()) {
            found.put(
                    each.getKey(),
                    WordModel.found(
                            each.getValue(), services.catalog(), model.options().base()));
        }
        return found;
    }

    /** The same with batches that fit into memory, where the user has not chosen them. */
    private ServerSettings fitting(ServerSettings settings, OpenedModels models) {
        if (batchSize != null) {
            return settings;
        }
        int fitting = models.batch(workers);
        FewerAtOnce.tell(services.console(), fitting, Batching.USUAL_SIZE);
        return settings.withBatchSize(fitting);
    }

    /** A signal interrupts the thread of the command. */
    private static void awaitSignal() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException signal) {
            return;
        }
    }

    /** Closes the models, but not under native code that still runs. */
    private int end(NumClipServer server, OpenedModels models, @Nullable RegionSearch search) {
        try {
            if (server.stop()) {
                close(models, search);
                return ExitCodes.DONE;
            }
        } catch (InterruptedException second) {
            Thread.currentThread().interrupt();
        }
        services.console().err().println("some requests were not answered in time, the limit http.drainSeconds");
        return ExitCodes.SOME_FAILED;
    }

    private static void close(OpenedModels models, @Nullable RegionSearch search) {
        models.close();
        if (search != null) {
            search.close();
        }
    }

    private @Nullable Secret token() throws IOException {
        if (tokenFile != null) {
            return Secret.read(tokenFile);
        }
        String token = System.getenv(TOKEN);
        return token == null || token.isEmpty() ? null : Secret.of(token, TOKEN);
    }

    /** Run folders by the name that clients use. */
    static Map<String, Path> named(List<String> runs) {
        Map<String, Path> named = new LinkedHashMap<>();
        for (String run : runs) {
            Matcher given = NAMED.matcher(run);
            boolean hasName = given.matches();
            Path folder = folder(run, hasName ? given.group(2) : run);
            String name = hasName ? given.group(1) : folderName(folder);
            if (!name.matches(NAME)) {
                String which = hasName ? "the name " + PlainText.printable(name) : "the name of the folder";
                throw usage(PlainText.printable(run) + ": " + which + " " + why(name), folder);
            }
            if (named.put(name, folder) != null) {
                throw usage("two models are called " + name, folder);
            }
        }
        return named;
    }

    private static String why(String name) {
        return name.length() > LONGEST_NAME ? "has " + name.length() + " characters" : "cannot be used in an address";
    }

    private static Path folder(String run, String folder) {
        if (folder.isEmpty()) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    PlainText.printable(run) + ": no folder is named behind the name",
                    "write NAME=RUN; a variable of the shell that is not set is empty");
        }
        return Path.of(folder);
    }

    private static String folderName(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        return ExportedModels.isOne(path) ? ExportedModels.name(path) : String.valueOf(path.getFileName());
    }

    private static NumClipException usage(String message, Path folder) {
        return new NumClipException(
                NumClipException.Kind.USAGE,
                message,
                "give it another name, of at most " + LONGEST_NAME
                        + " letters, digits, '.', '_' and '-', a letter or digit first: NAME="
                        + PlainText.printable(folder.toString()));
    }

    private NumClip.Options options() {
        TrainedModel.Options where = model.options();
        return new NumClip.Options(where.device(), where.precision(), where.base(), null, null, Map.of(), false);
    }
}
