package io.numclip.host.run;

import io.numclip.host.config.Configured;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.storage.CodeFiles;
import io.numclip.storage.Fingerprint;
import io.numclip.training.Trainer;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** SHA-256 over the code that an experiment runs: core, host, and the plugins of its components. */
final class ProgramDigest {

    private final Map<Path, String> known = new HashMap<>();

    String of(ExperimentConfig config) throws IOException {
        return of(components(config)
                .<Class<?>>map(component -> component.factory().getClass())
                .toList());
    }

    /** @param factories of the components */
    String of(List<Class<?>> factories) throws IOException {
        TreeSet<String> digests = new TreeSet<>();
        for (Class<?> type : Stream.concat(Stream.of(Trainer.class, ProgramDigest.class), factories.stream())
                .toList()) {
            for (URL place : CodeFiles.placesOf(type)) {
                digests.add(digest(CodeFiles.path(place)));
            }
        }
        return new Fingerprint().add(String.join(",", digests)).hex();
    }

    private static Stream<Configured<?>> components(ExperimentConfig config) {
        Stream<Configured<?>> single = Stream.of(
                config.task(),
                config.binning(),
                config.prompts(),
                config.coarseHead(),
                config.fineHead(),
                config.zeroShot().binning(),
                config.zeroShot().coarseHead(),
                config.zeroShot().fineHead());
        return Stream.concat(single, config.losses().stream().map(loss -> loss.loss()));
    }

    private String digest(Path place) throws IOException {
        String digest = known.get(place);
        if (digest == null) {
            digest = read(place);
            known.put(place, digest);
        }
        return digest;
    }

    private static String read(Path place) throws IOException {
        Fingerprint digest = new Fingerprint();
        if (Files.exists(place)) { // a class path may name folders that are not there
            CodeFiles.add(digest, place, List.of(""));
        }
        return digest.hex();
    }
}
