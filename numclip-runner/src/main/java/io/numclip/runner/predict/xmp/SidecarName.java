package io.numclip.runner.predict.xmp;

import java.nio.file.Path;

/** What the sidecar of an image is called. */
public enum SidecarName {
    /** {@code photo.jpg.xmp}, as darktable and digiKam call it; no two images share one. */
    FULL("photo.jpg.xmp"),
    /** {@code photo.xmp}, as Adobe's programs call that of a raw image; {@code photo.png} has the same. */
    SHORT("photo.xmp");

    private final String example;

    SidecarName(String example) {
        this.example = example;
    }

    Path of(Path image) {
        String name = image.getFileName().toString();
        String ending = ending(image);
        int end = this == FULL || ending.isEmpty() ? name.length() : name.length() - ending.length() - 1;
        return image.resolveSibling(name.substring(0, end) + ".xmp");
    }

    /** What stands behind the last dot of a name; empty where there is none. */
    static String ending(Path image) {
        String name = image.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot + 1);
    }

    @Override
    public String toString() {
        return example;
    }
}
