package io.numclip.host.run;

import io.numclip.clip.kernel.Devices;
import io.numclip.host.assembly.ExperimentData;
import io.numclip.host.assembly.SharedModels;
import io.numclip.host.assembly.Tasks;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.files.Provenance;
import java.io.IOException;
import java.util.IdentityHashMap;

/** Computes the provenance of experiments; what they share is read only once. */
public final class Provenances {

    private final Tasks tasks;
    private final SharedModels shared;
    private final ProgramDigest program = new ProgramDigest();
    private final IdentityHashMap<ExperimentData, String> data = new IdentityHashMap<>();

    /**
     * @param tasks shared with the trainings
     * @param shared likewise
     */
    public Provenances(Tasks tasks, SharedModels shared) {
        this.tasks = tasks;
        this.shared = shared;
    }

    /** @throws io.numclip.data.NumClipException if the data or the CLIP cannot be read */
    public Provenance of(ExperimentConfig config) throws IOException {
        ExperimentConfig.Backbone backbone = config.backbone();
        return new Provenance(
                hash(tasks.data(config)),
                shared.base(backbone.model()).fingerprint() + "|"
                        + backbone.precision().on(Devices.parse(backbone.device())),
                program.of(config));
    }

    private String hash(ExperimentData images) throws IOException {
        String known = data.get(images);
        if (known == null) {
            known = images.hash();
            data.put(images, known);
        }
        return known;
    }
}
