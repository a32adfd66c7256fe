package io.numclip.yardstick;

/** exp(level)·n⁻ᶜ with a c of at least 0: how errors fall with n training images (Hestness et al. 2017, section 3). */
record PowerLaw(double level, double c) {

    /** By weighted least squares of the logarithms, of at least two numbers of images. */
    static PowerLaw fit(double[] images, double[] errors, double[] weights) {
        double sum = 0;
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < images.length; i++) {
            sum += weights[i];
            meanX += weights[i] * Math.log(images[i]);
            meanY += weights[i] * log(errors[i]);
        }
        meanX /= sum;
        meanY /= sum;
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < images.length; i++) {
            double x = Math.log(images[i]) - meanX;
            xx += weights[i] * x * x;
            xy += weights[i] * x * (log(errors[i]) - meanY);
        }
        double c = Math.max(0, -xy / xx);
        return new PowerLaw(meanY + c * meanX, c);
    }

    private static double log(double error) {
        return Math.log(Math.max(error, Float.MIN_NORMAL));
    }

    double at(double images) {
        return Math.exp(level - c * Math.log(images));
    }
}
