package io.numclip.image;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import io.numclip.data.RgbRows;

/**
 * How the camera was held: EXIF tag 274.
 *
 * @param value 1 (upright) to 8
 */
record ExifOrientation(int value) {

    static final ExifOrientation NONE = new ExifOrientation(1);

    ExifOrientation {
        if (value < 1 || value > 8) {
            throw new IllegalArgumentException("an EXIF orientation is 1 to 8; found " + value);
        }
    }

    /** Upright where the structure is empty or damaged, or names no orientation. */
    static ExifOrientation read(byte[] exif) {
        if (exif.length == 0) {
            return NONE;
        }
        Metadata metadata = new Metadata();
        new ExifReader().extract(new ByteArrayReader(exif), metadata, 0);
        ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        Integer value = directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        return of(value == null ? 1 : value);
    }

    /** Upright where there is no such value. */
    static ExifOrientation of(int value) {
        return new ExifOrientation(value < 1 || value > 8 ? 1 : value);
    }

    /** Whether columns are stored as rows. */
    boolean swapsSides() {
        return value > 4;
    }

    RgbRows upright(RgbRows stored) {
        return switch (value) {
            case 2 -> new FlippedRows(stored, true, false);
            case 3 -> new FlippedRows(stored, true, true);
            case 4 -> new FlippedRows(stored, false, true);
            case 5 -> new TurnedRows(stored, false, false);
            case 6 -> new TurnedRows(stored, true, false);
            case 7 -> new TurnedRows(stored, true, true);
            case 8 -> new TurnedRows(stored, false, true);
            default -> stored;
        };
    }
}
