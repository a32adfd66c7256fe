package io.numclip.runner.predict.xmp;

/**
 * A simple property of XMP.
 *
 * @param prefix that is usual for the namespace
 */
record Property(String namespace, String prefix, String name) {

    private static final String PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/";

    static final Property RATING = new Property("http://ns.adobe.com/xap/1.0/", "xmp", "Rating");

    /** When the picture was made, of which a year alone may be known; {@code xmp:CreateDate} is when it became a file. */
    static final Property DATE = new Property(PHOTOSHOP, "photoshop", "DateCreated");

    /** The ending of the image that a sidecar of a short name belongs to. */
    static final Property ENDING = new Property(PHOTOSHOP, "photoshop", "SidecarForExtension");

    /** One of this project's own; docs/predicting.md lists them. */
    static Property own(String name) {
        return new Property("urn:numclip:xmp:1.0/", "numclip", name);
    }
}
