package io.numclip.host.run;

import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.Follow;
import io.numclip.host.config.SettingDifferences;
import io.numclip.host.follow.Follower;
import io.numclip.host.follow.MlflowFollower;
import io.numclip.host.follow.RunText;
import io.numclip.host.follow.TensorBoardFile;
import io.numclip.host.result.RunFolder;
import io.numclip.host.result.Versions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who follows a run, by its configuration, and what they are told of it. */
final class Following {

    private Following() {}

    /** @param always follows every run */
    static List<Follower> of(ExperimentConfig config, RunFolder folder, Follower always) throws IOException {
        List<Follower> followers = new ArrayList<>(List.of(always));
        Follow follow = config.follow();
        if (follow == null) {
            return followers;
        }
        if (follow.isTensorboardOn()) {
            followers.add(new TensorBoardFile(folder.path()));
        }
        URI tracking = follow.tracking();
        if (tracking != null) {
            followers.add(new MlflowFollower(tracking, folder.path(), text(config, folder), System.getenv()));
        }
        return followers;
    }

    private static RunText text(ExperimentConfig config, RunFolder folder) throws IOException {
        Map<String, String> settings =
                SettingDifferences.flat(config.withoutFollow().toYaml());
        Map<String, String> tags = new LinkedHashMap<>(Versions.all());
        Versions.commit().ifPresent(commit -> tags.put("commit", commit));
        tags.put("seed", String.valueOf(config.training().seed()));
        return new RunText(config.taskName(), name(folder), settings, tags);
    }

    /** That of the run's folder; a fold has it within the folder of all. */
    private static String name(RunFolder folder) {
        Path path = folder.path().toAbsolutePath().normalize();
        Path above = path.getParent();
        String name = RunFolder.name(path);
        return name.startsWith("fold-") && above != null ? above.getFileName() + "/" + name : name;
    }
}
