package io.numclip.data;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A rectangle of whole pixels in an upright picture: what Pillow's {@code crop((left, top, left + width, top + height))} cuts
 * out of it after {@code ImageOps.exif_transpose}.
 *
 * @param left pixels before it in a row; 0 or more
 * @param top rows above it; 0 or more
 * @param width 1 or more
 * @param height 1 or more
 */
public record Region(int left, int top, int width, int height) {

    /** What the four numbers are called in lists and requests. */
    public static final List<String> NAMES = List.of("left", "top", "width", "height");

    private static final List<String> SIZE = List.of("width", "height");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");
    private static final double FARTHEST = 1e6; // no picture has as many pixels in a row

    public Region {
        if (left < 0 || top < 0) {
            throw new IllegalArgumentException(
                    (left < 0 ? "left is " + left : "top is " + top) + ", outside the picture; give 0 or more pixels");
        }
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException((width < 1 ? "width is " + width : "height is " + height)
                    + ", a region of no size; give 1 pixel or more");
        }
    }

    /** A region beyond the edge of its picture. */
    public static final class OutsideException extends IOException {

        private static final long serialVersionUID = 1L;

        OutsideException(String message) {
            super(message);
        }

        /** Whether a failure is due to one. */
        public static boolean isCauseOf(Throwable failure) {
            return failure instanceof OutsideException || (failure.getCause() != null && isCauseOf(failure.getCause()));
        }
    }

    /**
     * The nearest edges between pixels, those in the middle of one to the even side, as Pillow's {@code crop} rounds them.
     *
     * @throws IllegalArgumentException if this is no region
     */
    public static Region rounded(double left, double top, double width, double height) {
        int right = edge("left + width", left + width);
        int bottom = edge("top + height", top + height);
        int first = edge("left", left);
        int upper = edge("top", top);
        return new Region(first, upper, right - first, bottom - upper);
    }

    private static int edge(String what, double pixels) {
        if (!(Math.abs(pixels) <= FARTHEST)) {
            throw new IllegalArgumentException(what + " is " + pixels + ", outside every picture; give pixels");
        }
        return (int) Math.rint(pixels);
    }

    /**
     * Whether a list has regions: all four {@link #NAMES}. One of them alone, or {@code width} and {@code height} without the
     * others, means something else.
     *
     * @throws IllegalArgumentException if it has some of them
     */
    public static boolean isIn(Collection<String> columns) {
        List<String> found = NAMES.stream().filter(columns::contains).toList();
        if (found.size() < 2 || found.equals(SIZE)) {
            return false;
        }
        if (found.size() < NAMES.size()) {
            throw new IllegalArgumentException("of a region only " + String.join(", ", found) + "; name all four, "
                    + String.join(", ", NAMES) + ", or give these another name");
        }
        return true;
    }

    /**
     * Reads a region from named fields, which may be texts, numbers or null.
     *
     * @return empty if there is none, or all four are empty: the whole picture
     * @throws IllegalArgumentException if this is no region; the message says why and what to do
     */
    public static Optional<Region> read(Map<String, ?> fields) {
        if (!isIn(fields.keySet())) {
            return Optional.empty();
        }
        List<String> filled =
                NAMES.stream().filter(name -> !text(fields, name).isEmpty()).toList();
        if (filled.isEmpty()) {
            return Optional.empty();
        }
        if (filled.size() < NAMES.size()) {
            throw new IllegalArgumentException("of the region only " + String.join(", ", filled) + " "
                    + (filled.size() == 1 ? "is" : "are")
                    + " filled; fill all four, or leave all four empty for the whole picture");
        }
        return Optional.of(rounded(
                number(fields, "left"), number(fields, "top"), number(fields, "width"), number(fields, "height")));
    }

    private static String text(Map<String, ?> fields, String name) {
        Object field = fields.get(name);
        return field == null ? "" : field.toString().strip();
    }

    private static double number(Map<String, ?> fields, String name) {
        String text = text(fields, name);
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException(name + ": '" + text + "' is not a number; give pixels, such as 120");
        }
        return Double.parseDouble(text);
    }

    /**
     * Cuts this out.
     *
     * @throws OutsideException if it does not lie in the picture; the message says what to do
     */
    public RgbRows of(RgbRows picture) throws OutsideException {
        requireIn(picture.width(), picture.height());
        return new CutRows(picture, this);
    }

    /**
     * Refuses a picture of this size, once it is upright, if this does not lie in it.
     *
     * @throws OutsideException the message says what to do
     */
    public void requireIn(int pictureWidth, int pictureHeight) throws OutsideException {
        long right = (long) left + width;
        long bottom = (long) top + height;
        boolean tooWide = right > pictureWidth;
        if (tooWide || bottom > pictureHeight) {
            throw new OutsideException((tooWide ? "left + width is " + right : "top + height is " + bottom)
                    + ", outside the upright picture of " + pictureWidth + " x " + pictureHeight
                    + " pixels; give a region that lies in it");
        }
    }

    /** Whether this share of a region's size can be seen around it. */
    public static boolean isMargin(double share) {
        return share >= 0 && share <= 10;
    }

    /**
     * With more of the picture around it, as far as there is more.
     *
     * @param margin share of the width, on the left and on the right, and of the height, above and below
     */
    Region widened(double margin, int pictureWidth, int pictureHeight) {
        int first = (int) Math.max(0, Math.rint(left - margin * width));
        int upper = (int) Math.max(0, Math.rint(top - margin * height));
        int right = (int) Math.min(pictureWidth, Math.rint(left + width + margin * width));
        int bottom = (int) Math.min(pictureHeight, Math.rint(top + height + margin * height));
        return new Region(first, upper, right - first, bottom - upper);
    }

    /** The four numbers by their {@link #NAMES}, in order. */
    public Map<String, Integer> fields() {
        Map<String, Integer> fields = new LinkedHashMap<>();
        fields.put("left", left);
        fields.put("top", top);
        fields.put("width", width);
        fields.put("height", height);
        return fields;
    }

    /** The name of a picture with this region behind it, as a Media Fragment: {@code a.jpg#xywh=10,20,30,40}. */
    public String in(String picture) {
        return picture + "#xywh=" + left + "," + top + "," + width + "," + height;
    }
}
