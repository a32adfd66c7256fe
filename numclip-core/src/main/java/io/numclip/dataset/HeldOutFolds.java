package io.numclip.dataset;

import io.numclip.data.Split;
import java.util.List;
import java.util.Optional;

/** A fold for each value of an attribute: the images with this value are its test images. */
record HeldOutFolds(String attribute) implements FoldRule {

    @Override
    public List<String> folds(List<ListedImage> images) {
        return images.stream().map(this::value).distinct().sorted().toList();
    }

    @Override
    public List<Optional<Split>> parts(List<ListedImage> images, String fold) {
        return images.stream()
                .map(image -> Optional.of(value(image).equals(fold) ? Split.TEST : Split.TRAIN))
                .toList();
    }

    private String value(ListedImage image) {
        return image.image().attribute(attribute);
    }
}
