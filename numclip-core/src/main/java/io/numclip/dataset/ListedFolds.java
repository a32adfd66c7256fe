package io.numclip.dataset;

import io.numclip.data.Split;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
        if (!isRandom(images)) {
            return drawn(images, fold);
        }
        Map<String, Split> splits = new RandomSplit(shares)
                .of(images.stream().map(ListedImage::group).toList());
        return images.stream()
                .map(image -> Optional.ofNullable(splits.get(image.group())))
                .toList();
    }

    @Override
    public List<Optional<Split>> drawn(List<ListedImage> images, String fold) {
        return images.stream().map(image -> part(image, fold)).toList();
    }

    /** Whether the owner gives no image a split. */
    static boolean isRandom(List<ListedImage> images) {
        return images.stream().allMatch(image -> image.parts().isEmpty());
    }

    private Optional<Split> part(ListedImage image, String fold) {
        return image.parts().isEmpty()
                ? Optional.of(shares.split(image.group()))
                : Optional.ofNullable(image.parts().get(fold));
    }
}
