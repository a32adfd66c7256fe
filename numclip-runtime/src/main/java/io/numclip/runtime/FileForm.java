package io.numclip.runtime;

/** What the arrays and the metadata of an exported model are called. */
public final class FileForm {

    /** Input (N, 3, H, W). */
    public static final String PIXELS = "pixels";

    /** Output (N). */
    public static final String VALUE = "value";

    /** Output (N, K). */
    public static final String PROBABILITIES = "probabilities";

    /** Output (N, D). */
    public static final String FEATURES = "imageFeatures";

    /** Output (N), where strange images can be told. */
    public static final String DISTANCE = "distance";

    public static final String PREPROCESSING = "numclip.preprocessing";
    public static final String SCALE = "numclip.scale";
    public static final String CONCEPTS = "numclip.concepts";
    public static final String FAMILIAR = "numclip.familiar";
    public static final String CALIBRATION = "numclip.calibration";

    /** Settings of the finder that found the regions it was trained on; left out: there was none. */
    public static final String REGIONS = "numclip.regions";

    private FileForm() {}
}
