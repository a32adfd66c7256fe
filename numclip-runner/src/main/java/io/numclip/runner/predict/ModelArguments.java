package io.numclip.runner.predict;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.run.ExportedModels;
import io.numclip.host.run.TrainedModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The first arguments of a command are models, as far as they are folders with a model or exported files; the rest are images.
 *
 * @param images at least one
 */
record ModelArguments(List<Path> models, List<String> images) {

    /** All of them images, for a model that no argument names. */
    static ModelArguments none(Path first, List<String> others) {
        List<String> images = new ArrayList<>(List.of(first.toString()));
        images.addAll(others);
        return new ModelArguments(List.of(), List.copyOf(images));
    }

    /** @param first a model in any case, so that a mistyped one is named */
    static ModelArguments of(Path first, List<String> others) {
        int end = 0;
        while (end < others.size() && isModel(Path.of(others.get(end)))) {
            end++;
        }
        if (end == others.size()) {
            throw new NumClipException(
                    Kind.USAGE,
                    "no image is named after the models",
                    "name images, folders or lists behind the last model, or - for standard input");
        }
        List<Path> models = new ArrayList<>(List.of(first));
        others.subList(0, end).forEach(each -> models.add(Path.of(each)));
        return new ModelArguments(List.copyOf(models), List.copyOf(others.subList(end, others.size())));
    }

    private static boolean isModel(Path path) {
        return TrainedModel.isOne(path) || ExportedModels.isOne(path);
    }
}
