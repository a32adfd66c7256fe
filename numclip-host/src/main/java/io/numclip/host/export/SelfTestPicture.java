package io.numclip.host.export;

import java.awt.image.BufferedImage;

/**
 * A picture on which resizing, cropping, mirroring and exchanged colours all show: wider than high, different at every side,
 * with edges and slopes.
 */
final class SelfTestPicture {

    private static final int WIDTH = 331;
    private static final int HEIGHT = 223;

    private SelfTestPicture() {}

    static BufferedImage draw() {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int red = 255 * x / (WIDTH - 1);
                int green = (x / 23 + y / 17) % 2 == 0 ? 220 : 40;
                int blue = (x - 200) * (x - 200) + (y - 90) * (y - 90) < 55 * 55 ? 250 : 255 * y / (HEIGHT - 1) / 2;
                picture.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return picture;
    }
}
