package io.numclip.data;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.awt.image.BufferedImage;

/**
 * How a camera was held: EXIF tag 274.
 *
 * @param value 1 (upright) to 8
 */
record ExifOrientation(int value) {

    ExifOrientation {
        if (value < 1 || value > 8) {
            throw new IllegalArgumentException("an EXIF orientation is 1 to 8; found " + value);
        }
    }

    /** Upright where the structure is empty, damaged or silent. */
    static ExifOrientation read(byte[] exif) {
        if (exif.length == 0) {
            return new ExifOrientation(1);
        }
        Metadata metadata = new Metadata();
        new ExifReader().extract(new ByteArrayReader(exif), metadata, 0);
        ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        Integer value = directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        return new ExifOrientation(value == null || value < 1 || value > 8 ? 1 : value);
    }

    BufferedImage upright(BufferedImage image) {
        if (value == 1) {
            return image;
        }
        int width = image.getWidth();
        int height = image.getHeight();
        int[] source = image.getRGB(0, 0, width, height, null, 0, width);
        boolean turned = value >= 5;
        BufferedImage upright =
                new BufferedImage(turned ? height : width, turned ? width : height, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[upright.getWidth()];
        for (int y = 0; y < upright.getHeight(); y++) {
            for (int x = 0; x < row.length; x++) {
                row[x] = source[index(x, y, width, height)];
            }
            upright.getRaster().setDataElements(0, y, row.length, 1, row);
        }
        return upright;
    }

    /** Where in the stored image, row by row, the upright pixel (x, y) lies. */
    private int index(int x, int y, int width, int height) {
        return switch (value) {
            case 2 -> y * width + width - 1 - x;
            case 3 -> (height - 1 - y) * width + width - 1 - x;
            case 4 -> (height - 1 - y) * width + x;
            case 5 -> x * width + y;
            case 6 -> (height - 1 - x) * width + y;
            case 7 -> (height - 1 - x) * width + width - 1 - y;
            case 8 -> x * width + width - 1 - y;
            default -> y * width + x;
        };
    }
}
