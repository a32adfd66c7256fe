package io.numclip.training.store;

import io.numclip.data.ImageSource;
import io.numclip.data.LabeledImage;
import io.numclip.features.FeatureCache;
import io.numclip.image.ImageFile;
import io.numclip.model.ModelDescription;
import io.numclip.model.NumClipModel;
import io.numclip.storage.Fingerprint;
import io.numclip.storage.RememberedDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything that the rest of a run depends on, by name: the settings, and what came of them. A run is resumed only where
 * all of it is as it was.
 *
 * @param texts as people read them, or SHA-256 digests
 */
public record Conditions(Map<String, String> texts) {

    private static final String CLIP = "CLIP weights and config.json";
    private static final String CONCEPTS = "number concepts";
    private static final String DIGEST = "([0-9a-f]{12})[0-9a-f]{52}";
    private static final int LONGEST = 100;
    private static final int SHOWN = 20;

    public Conditions {
        texts = new LinkedHashMap<>(texts);
    }

    /** @param settings what the caller knows of */
    public static Conditions of(
            Map<String, String> settings, NumClipModel model, ModelDescription description, FeatureCache features) {
        Conditions all = new Conditions(settings);
        all.texts.put(CLIP, description.base().fingerprint());
        all.texts.put("precision", model.imageTower().precision().toString());
        all.texts.put("preprocessing", features.preprocessor().fingerprint());
        all.texts.put(CONCEPTS, model.bins().toString());
        return all;
    }

    /**
     * The same for these images too. The bytes of all image files are read, unless the same files were read before and are
     * unchanged.
     *
     * @param split in the words of a message
     */
    public Conditions and(String split, List<LabeledImage> images) throws IOException {
        Conditions all = new Conditions(texts);
        Fingerprint names = new Fingerprint();
        Fingerprint labels = new Fingerprint();
        images.forEach(image -> {
            names.add(image.name());
            labels.add(Double.toString(image.label())).add(image.attribute(LabeledImage.ALL_LABELS));
            Stream.of(LabeledImage.MORE_THAN, LabeledImage.EQUAL_TO)
                    .map(image::attribute)
                    .filter(said -> !said.isEmpty())
                    .forEach(labels::add);
        });
        all.texts.put("list of " + split, images.size() + " images, " + names.hex());
        all.texts.put("labels of " + split, labels.hex());
        all.texts.put("content of " + split, content(images));
        return all;
    }

    /** Of a file its bytes, wherever it lies; of a drawing what it is drawn by. */
    private static String content(List<LabeledImage> images) throws IOException {
        Fingerprint digest = new Fingerprint();
        List<Path> files = new ArrayList<>();
        for (LabeledImage image : images) {
            ImageSource source = image.source();
            if (!(source instanceof ImageFile file)) {
                digest.add(source.fingerprint());
            } else if (Files.isRegularFile(file.path()) && Files.isReadable(file.path())) {
                digest.add("file of " + Files.size(file.path()));
                files.add(file.path());
            } else {
                digest.add("no file");
            }
        }
        return digest.add(RememberedDigest.usual().of(files)).hex();
    }

    /** What differs, each with what it was and what it is; without what only follows from another difference. */
    public List<String> changesTo(Conditions now) {
        Set<String> names = new LinkedHashSet<>(now.texts.keySet());
        names.addAll(texts.keySet());
        names.removeIf(name -> value(name).equals(now.value(name)));
        Set<String> all = Set.copyOf(names);
        names.removeIf(name -> follows(name, all));
        List<String> changes = new ArrayList<>(names.stream()
                .limit(SHOWN)
                .map(name -> name + ": " + shown(value(name)) + " -> " + shown(now.value(name)))
                .toList());
        if (names.size() > SHOWN) {
            changes.add("and " + (names.size() - SHOWN) + " more");
        }
        return changes;
    }

    /** Labels and contents are compared in the order of the list; concepts are made of labels. */
    private static boolean follows(String name, Set<String> different) {
        String split = name.replaceFirst("^(labels|content) of ", "");
        boolean ofList = !split.equals(name) && different.contains("list of " + split);
        return ofList || (name.equals(CONCEPTS) && different.size() > 1);
    }

    private String value(String name) {
        return texts.getOrDefault(name, "none");
    }

    private static String shown(String text) {
        String digest = text.replaceAll(DIGEST, "SHA-256 $1…");
        return digest.length() <= LONGEST ? digest : digest.substring(0, LONGEST) + "…";
    }
}
