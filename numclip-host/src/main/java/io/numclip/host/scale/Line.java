package io.numclip.host.scale;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.util.Arrays;

/** The numbers of images by their places on another scale: least squares. */
record Line(double offset, double slope) {

    /**
     * @param places (n) not all equal
     * @param numbers (n)
     * @throws NumClipException if the numbers do not rise with the places
     */
    static Line of(double[] places, double... numbers) {
        double place = Arrays.stream(places).average().orElseThrow();
        double number = Arrays.stream(numbers).average().orElseThrow();
        double together = 0;
        double squares = 0;
        for (int i = 0; i < places.length; i++) {
            together += (places[i] - place) * (numbers[i] - number);
            squares += (places[i] - place) * (places[i] - place);
        }
        double slope = together / squares;
        if (!(slope > 0)) {
            throw new NumClipException(
                    Kind.DATA,
                    "the " + places.length + " numbers do not rise with what was said to be more",
                    "look whether the numbers belong to these images and 'more' means the larger number; give more numbers, or"
                            + " leave --numbers out for ranks from 0 to 100");
        }
        return new Line(number - slope * place, slope);
    }

    double at(double place) {
        return offset + slope * place;
    }
}
