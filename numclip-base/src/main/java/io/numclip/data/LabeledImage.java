package io.numclip.data;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An image and its number.
 *
 * @param name unique within its split; for a file the path as the user's list writes it
 * @param source gives the pixels
 * @param label in the unit of the label scale
 * @param attributes further columns, such as {@link #SUBJECT}; a sample image carries a {@code caption} in words, which
 *     contrastive pretraining reads
 */
public record LabeledImage(String name, ImageSource source, double label, Map<String, String> attributes) {

    /** Attribute with a sentence about a sample image, in concept words. */
    public static final String CAPTION = "caption";

    /** Attribute with the person or scene that an image shows; images of one subject belong in one split. */
    public static final String SUBJECT = "subject";

    /**
     * Attribute with all labels of an image that has several, separated by blanks. Training draws one of them in each
     * epoch; everything else uses {@link #label}.
     */
    public static final String ALL_LABELS = "all labels";

    /**
     * Attribute with the names of the images that this one was said to be more than, each as often as it was, with {@code |} between
     * them.
     */
    public static final String MORE_THAN = "more than";

    /** Attribute with the names of the images that this one was said to be as much as, likewise. */
    public static final String EQUAL_TO = "equal to";

    /** What stands between the names of such an attribute; no name may have it. */
    public static final String BETWEEN_NAMES = "|";

    private static final Pattern BETWEEN = Pattern.compile(Pattern.quote(BETWEEN_NAMES));

    public LabeledImage {
        Objects.requireNonNull(name, "an image needs a name");
        Objects.requireNonNull(source, "an image needs a source");
        attributes = Map.copyOf(attributes);
        if (!Double.isFinite(label)) {
            throw new IllegalArgumentException("image '" + name + "' needs a finite label; found " + label);
        }
    }

    /** The value of an attribute, without blanks around it; empty where the image has none. */
    public String attribute(String attribute) {
        return attributes.getOrDefault(attribute, "").strip();
    }

    /** The names of other images that an attribute has. */
    public List<String> names(String attribute) {
        return BETWEEN.splitAsStream(attribute(attribute))
                .filter(name -> !name.isBlank())
                .map(String::strip)
                .toList();
    }
}
