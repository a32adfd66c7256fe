package io.numclip.runner.split;

import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Protocol;
import io.numclip.host.message.ExitCodes;
import io.numclip.host.message.PlainText;
import io.numclip.protocol.ManifestFile;
import io.numclip.protocol.Splitter;
import io.numclip.runner.terminal.Services;
import io.numclip.runner.terminal.SettingsOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a manifest: which image belongs to which split or fold. */
@Command(
        name = "split",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Splits the images of a task into train, validation and test, or into folds, and writes a manifest that"
                        + " fixes the split. Identical images always stay together.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  numclip split my-ages.yaml --by grouped --out split.csv",
            "  numclip train my-ages.yaml --set protocol.manifest=split.csv",
            "  numclip split my-ages.yaml --folds 5 --out folds.csv",
            "  numclip train my-ages.yaml --set protocol.manifest=folds.csv --folds all"
        })
public final class SplitCommand implements Callable<Integer> {

    private static final double USUAL_SHARE = 0.1;

    @Parameters(paramLabel = "RECIPE|FILE.yaml", description = "The task, as for 'numclip train'.")
    private String recipe;

    @Option(
            names = "--by",
            defaultValue = "stratified",
            paramLabel = "RULE",
            description = "random, stratified (every range of labels in the same shares) or grouped (no subject in two"
                    + " splits). Default: stratified.")
    private Splitter.Rule rule;

    @Option(
            names = "--validation",
            paramLabel = "SHARE",
            description = "Share of the images for validation. Default: 0.1.")
    private @Nullable Double validation;

    @Option(names = "--test", paramLabel = "SHARE", description = "Share of the images for the test. Default: 0.1.")
    private @Nullable Double test;

    @Option(
            names = "--folds",
            paramLabel = "COUNT",
            description = "Equal folds instead of splits: each is the test once, with the next one for validation.")
    private @Nullable Integer folds;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "SEED", description = "Of the random split. Default: 1.")
    private long seed;

    @Option(names = "--out", defaultValue = "split.csv", paramLabel = "FILE", description = "Default: split.csv.")
    private Path out;

    @Mixin
    private SettingsOption settings;

    private final Services services;

    public SplitCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws IOException {
        refuseImpossible();
        ExperimentConfig config = new ExperimentReader(services.catalog()).read(recipe, settings.parsed());
        Splitter splitter = new Splitter(rule, config.protocol().group(), seed);
        NewSplit made = folds == null
                ? NewSplit.splits(config, splitter, share(validation), share(test))
                : NewSplit.folds(config, splitter, folds);
        ManifestFile.write(out, made.manifest());
        report(made);
        return ExitCodes.DONE;
    }

    private static double share(@Nullable Double given) {
        return given == null ? USUAL_SHARE : given;
    }

    private void refuseImpossible() {
        if (folds == null) {
            refuseImpossibleShares(share(validation), share(test));
        } else if (validation != null || test != null) {
            throw usage(
                    "--validation and --test are shares of splits, and --folds makes equal folds",
                    "leave out --folds, or the shares");
        } else if (folds < Protocol.FEWEST_FOLDS) {
            throw usage(
                    "--folds must be at least " + Protocol.FEWEST_FOLDS + "; found " + folds,
                    "give more folds: one tests, one validates, the others train");
        }
    }

    private static void refuseImpossibleShares(double validation, double test) {
        if (!(validation > 0 && test > 0 && validation + test < 1)) {
            throw usage(
                    "--validation and --test must be above 0 and leave room for training; found " + validation + " and "
                            + test,
                    "give shares such as 0.1 and 0.2");
        }
    }

    private static NumClipException usage(String message, String fix) {
        return new NumClipException(NumClipException.Kind.USAGE, message, fix);
    }

    private void report(NewSplit made) {
        made.leak()
                .ifPresent(leak -> services.console()
                        .err()
                        .println("warning: " + PlainText.printable(leak.sentence())
                                + " (--by grouped keeps them together)"));
        PrintWriter print = services.console().out();
        made.manifest()
                .counts()
                .forEach((part, count) -> print.println(
                        (folds == null ? "" : "fold ") + part + ": " + PlainText.counted(count, "image")));
        print.println("Written: " + PlainText.printable(out));
        print.println("Next:    " + Invocation.NAME + " train " + Invocation.argument(recipe)
                + settings.arguments("protocol.folds", "protocol.manifest") + " --set protocol.manifest="
                + Invocation.argument(out) + (folds == null ? "" : " --folds all"));
        print.flush();
    }
}
