package io.numclip.dataset;

import io.numclip.data.Split;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The folds and splits of the owner's lists; images that are in no list are split by their subject or name. */
record ListedFolds(SplitShares shares) implements FoldRule {

    @Override
    public List<String> folds(List<ListedImage> images) {
        Set<String> folds = new LinkedHashSet<>();
        images.forEach(image -> folds.addAll(image.parts().keySet()));
        folds.remove(ListedImage.NO_FOLD);
        return List.copyOf(folds);
    }

    @Override
    public List<Optional<Split>> parts(List<ListedImage> images, String fold) {
        return images.stream().map(image -> part(image, fold)).toList();
    }

    private Optional<Split> part(ListedImage image, String fold) {
        return image.parts().isEmpty()
                ? Optional.of(shares.split(image.group()))
                : Optional.ofNullable(image.parts().get(fold));
    }
}
