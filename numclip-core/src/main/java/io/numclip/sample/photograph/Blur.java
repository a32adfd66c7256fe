package io.numclip.sample.photograph;

/**
 * Gaussian blur; the pixels at an edge are repeated beyond it.
 *
 * @param deviation of the bell curve, in pixels; 0 leaves the image sharp
 */
public record Blur(double deviation) implements PixelFilter {

    private static final double SHARP = 0.2;

    @Override
    public void applyTo(PixelImage image) {
        if (deviation < SHARP) {
            return;
        }
        float[] kernel = kernel();
        blurLines(image, kernel, image.height(), image.width(), false);
        blurLines(image, kernel, image.width(), image.height(), true);
    }

    private float[] kernel() {
        int radius = (int) StrictMath.ceil(deviation * 2.5);
        double[] weights = new double[2 * radius + 1];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double distance = (i - radius) / deviation;
            weights[i] = StrictMath.exp(-distance * distance / 2);
            sum += weights[i];
        }
        float[] kernel = new float[weights.length];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (float) (weights[i] / sum);
        }
        return kernel;
    }

    private static void blurLines(PixelImage image, float[] kernel, int lines, int length, boolean upright) {
        float[] line = new float[length];
        for (int number = 0; number < lines; number++) {
            for (int channel = 0; channel < PixelImage.CHANNELS; channel++) {
                for (int i = 0; i < length; i++) {
                    line[i] = upright ? image.get(number, i, channel) : image.get(i, number, channel);
                }
                for (int i = 0; i < length; i++) {
                    float value = weigh(line, kernel, i);
                    if (upright) {
                        image.set(number, i, channel, value);
                    } else {
                        image.set(i, number, channel, value);
                    }
                }
            }
        }
    }

    private static float weigh(float[] line, float[] kernel, int center) {
        int radius = kernel.length / 2;
        float sum = 0;
        for (int k = 0; k < kernel.length; k++) {
            int place = Math.max(0, Math.min(line.length - 1, center + k - radius));
            sum += kernel[k] * line[place];
        }
        return sum;
    }
}
