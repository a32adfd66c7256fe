package io.numclip.runner.split;

import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.host.assembly.Components;
import io.numclip.host.assembly.TaskImages;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.message.PlainText;
import io.numclip.protocol.Folds;
import io.numclip.protocol.Leak;
import io.numclip.protocol.LeakCheck;
import io.numclip.protocol.SplitManifest;
import io.numclip.protocol.Splitter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A new split of the images of a task.
 *
 * @param leak subjects in more than one split, if the rule does not keep them together
 */
public record NewSplit(SplitManifest manifest, Optional<Leak> leak) {

    public static NewSplit splits(ExperimentConfig config, Splitter splitter, double validation, double test)
            throws IOException {
        Map<Split, List<LabeledImage>> splits = splitter.splits(images(config, splitter), validation, test);
        SplitManifest manifest = SplitManifest.ofSplits(config.taskName(), splitter, splits);
        return new NewSplit(manifest, LeakCheck.subjects(splits, splitter.group()));
    }

    public static NewSplit folds(ExperimentConfig config, Splitter splitter, int count) throws IOException {
        List<List<LabeledImage>> folds = splitter.folds(images(config, splitter), count);
        SplitManifest manifest = SplitManifest.ofFolds(config.taskName(), splitter, folds);
        return new NewSplit(manifest, LeakCheck.subjects(Folds.splits(folds, 0), splitter.group()));
    }

    private static List<LabeledImage> images(ExperimentConfig config, Splitter splitter) throws IOException {
        List<LabeledImage> images = TaskImages.all(Components.task(config));
        if (splitter.rule() == Splitter.Rule.GROUPED) {
            requireGroup(images, splitter.group());
        }
        return images;
    }

    private static void requireGroup(List<LabeledImage> images, String group) {
        List<LabeledImage> without = images.stream()
                .filter(image -> image.attribute(group).isEmpty())
                .toList();
        if (!without.isEmpty()) {
            throw new NumClipException(
                    NumClipException.Kind.DATA,
                    without.size() + " of " + PlainText.counted(images.size(), "image has no ", "images have no ")
                            + group
                            + ", such as "
                            + without.get(0).name() + "; it has "
                            + new TreeSet<>(without.get(0).attributes().keySet()),
                    "name the attribute (column) that identifies subjects with --set protocol.group=COLUMN");
        }
    }
}
