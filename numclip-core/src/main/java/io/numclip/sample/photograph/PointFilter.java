package io.numclip.sample.photograph;

/** A filter that changes one channel of one pixel at a time. */
public interface PointFilter extends PixelFilter {

    float change(float value, int channel);

    @Override
    default void applyTo(PixelImage image) {
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                for (int channel = 0; channel < PixelImage.CHANNELS; channel++) {
                    image.set(x, y, channel, change(image.get(x, y, channel), channel));
                }
            }
        }
    }
}
