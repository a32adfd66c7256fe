package io.numclip.runner.pull;

import io.numclip.clip.directory.ModelFiles;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.runner.pull.Listing.ListedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which files of a model make up its directory.
 *
 * @param taken the weights last, so that a directory that has them has everything
 */
record Selection(List<ListedFile> taken, List<LeftOutFile> leftOut) {

    static final String CONFIG = ModelFiles.CONFIG;
    private static final Pattern LICENSE = Pattern.compile("LICENSE[A-Za-z0-9._-]{0,50}");
    private static final String WEIGHTS = "[A-Za-z0-9_][A-Za-z0-9._-]{0,150}\\.safetensors";
    private static final Pattern SHARD = Pattern.compile("model-\\d{5}-of-\\d{5}\\.safetensors");
    private static final Set<String> MODEL_TYPES = Set.of(
            "clip", "siglip", "metaclip_2", "clip_vision_model", "siglip_vision_model", "metaclip_2_vision_model");

    private static final Set<String> PICKLES = Set.of("bin", "pt", "pth", "pkl", "pickle", "ckpt");
    private static final Set<String> OTHER_WEIGHTS = Set.of("h5", "msgpack", "onnx", "ot", "tflite", "gguf", "npz");

    /** A file, or all subfolders. */
    record LeftOutFile(String what, long bytes, String reason) {}

    /**
     * @param hub who offers them
     * @param modelType the {@code model_type} of {@code config.json}; empty without one
     */
    static Selection of(String hub, ModelName model, Listing listing, String modelType) {
        List<ListedFile> here =
                listing.files().stream().filter(file -> !file.isInSubfolder()).toList();
        List<ListedFile> weights = weights(hub, model, here, modelType);
        List<ListedFile> taken = new ArrayList<>(
                here.stream().filter(file -> isDescription(file.name())).toList());
        taken.addAll(weights);
        List<LeftOutFile> leftOut = new ArrayList<>(here.stream()
                .filter(file -> !taken.contains(file))
                .map(file -> new LeftOutFile(file.name(), file.bytes(), reason(file.name(), weights)))
                .toList());
        List<ListedFile> below =
                listing.files().stream().filter(ListedFile::isInSubfolder).toList();
        if (!below.isEmpty()) {
            long bytes = below.stream().mapToLong(ListedFile::bytes).sum();
            leftOut.add(new LeftOutFile(
                    "subfolders, " + below.size() + (below.size() == 1 ? " file" : " files"),
                    bytes,
                    "not part of a model directory"));
        }
        return new Selection(taken, List.copyOf(leftOut));
    }

    private static boolean isDescription(String name) {
        return name.equals(CONFIG)
                || name.equals(ModelFiles.OPEN_CLIP_CONFIG)
                || ModelFiles.FURTHER.contains(name)
                || LICENSE.matcher(name).matches();
    }

    /** The weights of transformers if the configuration is one that fits them, or else those of OpenCLIP. */
    private static List<ListedFile> weights(String hub, ModelName model, List<ListedFile> here, String modelType) {
        List<ListedFile> all =
                here.stream().filter(file -> file.name().matches(WEIGHTS)).toList();
        if (all.isEmpty()) {
            throw noWeights(hub, model, here);
        }
        boolean hasOpenClip = here.stream().anyMatch(file -> file.name().equals(ModelFiles.OPEN_CLIP_CONFIG));
        boolean isTransformers = MODEL_TYPES.contains(modelType);
        if (!isTransformers && !hasOpenClip) {
            throw noClip(hub, model, modelType);
        }
        List<ListedFile> transformers = ofTransformers(here);
        List<ListedFile> openClip = ModelFiles.OPEN_CLIP_WEIGHTS.stream()
                .flatMap(name -> all.stream().filter(file -> file.name().equals(name)))
                .limit(1)
                .toList();
        List<ListedFile> first = isTransformers || openClip.isEmpty() ? transformers : openClip;
        List<ListedFile> others = openClip.isEmpty() ? all.subList(0, 1) : openClip;
        return Stream.of(first, hasOpenClip ? others : first)
                .filter(files -> !files.isEmpty())
                .findFirst()
                .orElseThrow(() -> noWeights(hub, model, here));
    }

    /** One file, or the index and the files that it names. */
    private static List<ListedFile> ofTransformers(List<ListedFile> here) {
        List<ListedFile> whole = here.stream()
                .filter(file -> file.name().equals(ModelFiles.WEIGHTS))
                .toList();
        if (!whole.isEmpty() || here.stream().noneMatch(file -> file.name().equals(ModelFiles.INDEX))) {
            return whole;
        }
        return here.stream()
                .filter(file -> file.name().equals(ModelFiles.INDEX)
                        || SHARD.matcher(file.name()).matches())
                .toList();
    }

    private static NumClipException noWeights(String hub, ModelName model, List<ListedFile> here) {
        String pickle = here.stream()
                .map(ListedFile::name)
                .filter(name -> PICKLES.contains(ending(name)))
                .findFirst()
                .map(name -> "; " + name + " is pickle, which can run code and is never read")
                .orElse("");
        return new NumClipException(
                Kind.MISSING,
                hub + ": " + model + " has no weights that are read, such as model.safetensors" + pickle,
                "look at the model's page for a revision with model.safetensors (often hf:" + model.path()
                        + "@refs/pr/NUMBER), or convert it elsewhere with save_pretrained");
    }

    private static NumClipException noClip(String hub, ModelName model, String modelType) {
        String found = modelType.isEmpty()
                ? "no model_type"
                : "model_type " + modelType.substring(0, Math.min(40, modelType.length()));
        return new NumClipException(
                Kind.DATA,
                hub + ": " + model + " is no CLIP: config.json has " + found + ", expected "
                        + String.join(", ", MODEL_TYPES.stream().sorted().toList()) + ", or an "
                        + ModelFiles.OPEN_CLIP_CONFIG,
                "choose a CLIP, a SigLIP or a model of OpenCLIP");
    }

    private static String reason(String name, List<ListedFile> weights) {
        String ending = ending(name);
        if (PICKLES.contains(ending)) {
            return "pickle, which can run code and is never read";
        } else if (name.equals(ModelFiles.INDEX) || ending.equals("safetensors")) {
            return "other weights; " + weights.get(weights.size() - 1).name() + " is taken";
        } else if (OTHER_WEIGHTS.contains(ending)) {
            return "weights for other programs";
        }
        return ending.equals("py") ? "code, which is never run" : "not needed";
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
