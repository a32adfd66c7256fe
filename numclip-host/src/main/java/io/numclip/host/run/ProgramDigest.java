package io.numclip.host.run;

import io.numclip.host.config.Configured;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.storage.CodePlace;
import io.numclip.storage.Fingerprint;
import io.numclip.training.Trainer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** SHA-256 over the code that an experiment runs: core, host, and the plugins of its components. */
final class ProgramDigest {

    private final Map<CodePlace, String> known = new HashMap<>();

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
            for (CodePlace place : CodePlace.allOf(type)) {
                digests.add(digest(place));
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

    private String digest(CodePlace place) throws IOException {
        String digest = known.get(place);
        if (digest == null) {
            Fingerprint code = new Fingerprint();
            place.addTo(code, List.of(""));
            digest = code.hex();
            known.put(place, digest);
        }
        return digest;
    }
}
