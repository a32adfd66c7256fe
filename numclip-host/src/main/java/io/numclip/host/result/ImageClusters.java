package io.numclip.host.result;

import io.numclip.data.LabeledImage;
import io.numclip.evaluation.Clusters;
import java.util.List;

/** The images that show the same person or scene, by an attribute. */
public final class ImageClusters {

    private ImageClusters() {}

    /** @param attribute such as {@code protocol.group} names it */
    public static Clusters of(List<LabeledImage> images, String attribute) {
        return Clusters.of(images.stream().map(image -> name(image, attribute)).toList());
    }

    /** Whether there are several images, and all show the same person or scene. */
    public static boolean areOne(List<LabeledImage> images, String attribute) {
        return images.size() > 1 && of(images, attribute).count() == 1;
    }

    /** An image without the attribute is a cluster of its own. */
    public static String name(LabeledImage image, String attribute) {
        String group = image.attribute(attribute);
        return group.isEmpty() ? "image " + image.name() : "group " + group;
    }
}
