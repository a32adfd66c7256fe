package io.numclip.sample.photograph;

/** Red, green and blue: each from 0 to 1 for the colour of a thing, or around 1 for a factor. */
public record Colour(float red, float green, float blue) {

    public static final Colour WHITE = new Colour(1, 1, 1);
    public static final Colour BLACK = new Colour(0, 0, 0);

    public static Colour of(double red, double green, double blue) {
        return new Colour((float) red, (float) green, (float) blue);
    }

    public float get(int channel) {
        return switch (channel) {
            case 0 -> red;
            case 1 -> green;
            case 2 -> blue;
            default -> throw new IndexOutOfBoundsException("a colour has channels 0, 1 and 2; found " + channel);
        };
    }

    /** A colour between this one and another: {@code share} 0 gives this one, 1 the other. */
    public Colour towards(Colour other, double share) {
        return of(
                red + (other.red - red) * share,
                green + (other.green - green) * share,
                blue + (other.blue - blue) * share);
    }
}
