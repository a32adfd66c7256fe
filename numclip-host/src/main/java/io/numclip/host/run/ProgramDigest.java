package io.numclip.host.run;

import io.numclip.host.config.Configured;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.handover.HandedOnModel;
import io.numclip.host.result.Versions;
import io.numclip.storage.CodePlace;
import io.numclip.storage.Fingerprint;
import io.numclip.training.Trainer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** SHA-256 over the code that an experiment runs: core, host, and the plugins of its components. */
public final class ProgramDigest {

    private final Map<CodePlace, String> known = new HashMap<>();

    String of(ExperimentConfig config) throws IOException {
        return of(factories(config));
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

    /** NumCLIP's version, and for each plugin of the components its version and the SHA-256 of its code, by name. */
    Map<String, String> versions(ExperimentConfig config) throws IOException {
        return versions(factories(config));
    }

    /** The same for the heads of a trained model. */
    public Map<String, String> versions(ExperimentReader.Heads heads) throws IOException {
        return versions(List.of(
                heads.coarseHead().factory().getClass(),
                heads.fineHead().factory().getClass()));
    }

    /** @param factories of the components */
    Map<String, String> versions(List<Class<?>> factories) throws IOException {
        Map<String, String> versions = new TreeMap<>();
        versions.put("NumCLIP", Versions.NUMCLIP);
        for (Class<?> factory : factories) {
            if (factory.getClassLoader() instanceof CodePlace.Holder plugin) {
                versions.put(HandedOnModel.PLUGIN + plugin.id(), plugin.version() + ", " + code(factory));
            }
        }
        return versions;
    }

    private String code(Class<?> type) throws IOException {
        Fingerprint all = new Fingerprint();
        for (CodePlace place : CodePlace.allOf(type)) {
            all.add(digest(place));
        }
        return all.hex();
    }

    private static List<Class<?>> factories(ExperimentConfig config) {
        Stream<Configured<?>> single = Stream.of(
                config.task(),
                config.binning(),
                config.prompts(),
                config.coarseHead(),
                config.fineHead(),
                config.zeroShot().binning(),
                config.zeroShot().coarseHead(),
                config.zeroShot().fineHead());
        return Stream.concat(single, config.losses().stream().map(loss -> loss.loss()))
                .<Class<?>>map(component -> component.factory().getClass())
                .toList();
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
