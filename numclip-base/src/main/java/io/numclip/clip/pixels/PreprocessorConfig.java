package io.numclip.clip.pixels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.storage.JsonFile;
import io.numclip.storage.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The content of {@code preprocessor_config.json}, with CLIP's own values for missing fields.
 *
 * @param resize size before the crop
 * @param crop size after the crop
 * @param isCentreRounded where an odd number of pixels is left beside the crop: whether half of it is rounded to the even
 *     number, as torchvision does, or down, as transformers does
 * @param rescale factor that converts 0…255 to the unit of mean and deviation
 */
public record PreprocessorConfig(
        Resize resize,
        PillowResize.Filter filter,
        Crop crop,
        boolean isCentreRounded,
        double rescale,
        List<Double> mean,
        List<Double> deviation) {

    public static final String FILE = "preprocessor_config.json";

    /** A field of ours, which transformers passes over. */
    private static final String CENTRE = "round_crop_center";

    /** What image processors of transformers do differently unless a file says it. */
    private static final List<String> DEFAULTS =
            List.of("size", "resample", "do_center_crop", "image_mean", "image_std");

    /** CLIP's statistics of its training images. */
    public static final List<Double> CLIP_MEAN = List.of(0.48145466, 0.4578275, 0.40821073);

    public static final List<Double> CLIP_DEVIATION = List.of(0.26862954, 0.26130258, 0.27577711);

    /** How the image is scaled. */
    public sealed interface Resize {
        /** The image keeps its size. */
        record None() implements Resize {}

        /** The shorter side gets this many pixels; the aspect ratio stays. */
        record ShortestEdge(int pixels) implements Resize {}

        /** Both sides are given; the aspect ratio may change. */
        record Exact(int height, int width) implements Resize {}
    }

    /** Height and width in pixels. */
    public record Crop(int height, int width) {
        public Crop {
            if (height < 1 || width < 1) {
                throw new IllegalArgumentException("a size needs at least 1 pixel; found " + height + " x " + width);
            }
        }
    }

    /** The statistics of SigLIP and others. */
    private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);

    /** The preprocessing of OpenAI's models, to square images. */
    public static PreprocessorConfig standard(int imageSize) {
        return new PreprocessorConfig(
                new Resize.ShortestEdge(imageSize),
                PillowResize.Filter.BICUBIC,
                new Crop(imageSize, imageSize),
                false,
                1 / 255.0,
                CLIP_MEAN,
                CLIP_DEVIATION);
    }

    /** The preprocessing of SigLIP: both sides are squashed to the size. */
    public static PreprocessorConfig squashed(int imageSize) {
        return new PreprocessorConfig(
                new Resize.Exact(imageSize, imageSize),
                PillowResize.Filter.BICUBIC,
                new Crop(imageSize, imageSize),
                false,
                1 / 255.0,
                HALF,
                HALF);
    }

    /**
     * Reads {@code preprocessor_config.json}, or {@code image_processor} in {@code processor_config.json}, which newer
     * exports have instead.
     *
     * @param standard has what the file leaves out
     */
    public static PreprocessorConfig read(Path directory, PreprocessorConfig standard) throws IOException {
        Path file = directory.resolve(FILE);
        if (Files.exists(file)) {
            return parse(file, JsonFile.object(file, JsonFile.bytes(file, Limit.MODEL_JSON_BYTES)), standard);
        }
        Path newer = directory.resolve("processor_config.json");
        if (Files.exists(newer)) {
            JsonNode processor = JsonFile.object(newer, JsonFile.bytes(newer, Limit.MODEL_JSON_BYTES))
                    .path("image_processor");
            return processor.isObject() ? parse(newer, processor, standard) : standard;
        }
        return standard;
    }

    /** For square images of another side: all sizes are scaled to it. */
    PreprocessorConfig at(int side) {
        double scale = (double) side / crop.height();
        Resize scaled = resize;
        if (resize instanceof Resize.ShortestEdge edge) {
            scaled = new Resize.ShortestEdge((int) Math.round(edge.pixels() * scale));
        } else if (resize instanceof Resize.Exact exact) {
            scaled =
                    new Resize.Exact((int) Math.round(exact.height() * scale), (int) Math.round(exact.width() * scale));
        }
        return new PreprocessorConfig(scaled, filter, new Crop(side, side), isCentreRounded, rescale, mean, deviation);
    }

    PreprocessorConfig withStatistics(List<Double> otherMean, List<Double> otherDeviation) {
        return new PreprocessorConfig(resize, filter, crop, isCentreRounded, rescale, otherMean, otherDeviation);
    }

    PreprocessorConfig withResize(Resize other, PillowResize.Filter otherFilter) {
        return new PreprocessorConfig(other, otherFilter, crop, isCentreRounded, rescale, mean, deviation);
    }

    /** @param file for messages */
    static PreprocessorConfig parse(Path file, JsonNode root, PreprocessorConfig usual) {
        PreprocessorFields fields = new PreprocessorFields(file, root);
        String processor = root.path("image_processor_type").asText("");
        PreprocessorConfig standard = usual.of(processor);
        if (!isKnown(processor)) {
            fields.requireWritten(processor, DEFAULTS);
        }
        fields.requireOff("use_square_size");
        boolean isSquashed = standard.resize() instanceof Resize.Exact;
        fields.flag("do_convert_rgb", true);
        Crop crop = fields.cropSize(
                "crop_size", fields.squareSide("size", standard.crop().height()));
        int side = Math.min(crop.height(), crop.width());
        Resize absent = isSquashed ? standard.resize() : new Resize.ShortestEdge(side);
        Resize size = fields.resize("size", absent);
        Resize resize = fields.flag("do_resize", true) ? size : new Resize.None();
        double rescale = fields.number("rescale_factor", 1 / 255.0, 1e-9, 1e3);
        List<Double> mean = fields.triple("image_mean", standard.mean(), -1e3, 1e3);
        List<Double> deviation = fields.triple("image_std", standard.deviation(), 1e-6, 1e3);
        boolean normalize = fields.flag("do_normalize", true);
        return new PreprocessorConfig(
                resize,
                fields.filter("resample"),
                fields.flag("do_center_crop", !isSquashed) ? crop : fields.uncropped(resize),
                fields.flag(CENTRE, false),
                fields.flag("do_rescale", true) ? rescale : 1,
                normalize ? mean : List.of(0.0, 0.0, 0.0),
                normalize ? deviation : List.of(1.0, 1.0, 1.0));
    }

    /** Whether images may come out of the resizing with fewer pixels than the crop has. */
    boolean mayPad() {
        if (resize instanceof Resize.ShortestEdge edge) {
            return edge.pixels() < Math.max(crop.height(), crop.width());
        }
        return !(resize instanceof Resize.Exact exact)
                || exact.height() < crop.height()
                || exact.width() < crop.width();
    }

    /** Where there is no name, it is that of the model. */
    private static boolean isKnown(String processor) {
        return processor.isEmpty() || processor.startsWith("Siglip") || processor.startsWith("CLIP");
    }

    /** What a processor of transformers does unless told otherwise; this for an unknown name. */
    private PreprocessorConfig of(String processor) {
        int side = crop.height();
        if (processor.startsWith("Siglip")) {
            return squashed(side);
        }
        return processor.startsWith("CLIP") ? standard(side) : this;
    }

    /** The steps in words, in order: {@code shorter side to 224 (bicubic), crop 224 x 224, …}. */
    String describe() {
        String size = "size unchanged";
        if (resize instanceof Resize.ShortestEdge edge) {
            size = "shorter side to " + edge.pixels() + " (" + filter.name().toLowerCase(Locale.ROOT) + ")";
        } else if (resize instanceof Resize.Exact exact) {
            size = "resized to " + exact.width() + " x " + exact.height() + " ("
                    + filter.name().toLowerCase(Locale.ROOT) + ")";
        }
        String scale = Math.abs(rescale * 255 - 1) < 1e-6 ? "1/255" : String.valueOf(rescale);
        return size + ", crop " + crop.width() + " x " + crop.height() + ", scale " + scale + ", mean " + rounded(mean)
                + ", deviation " + rounded(deviation);
    }

    private static String rounded(List<Double> channels) {
        return channels.stream()
                .map(channel -> String.format(Locale.ROOT, "%.3f", channel))
                .collect(Collectors.joining(" "));
    }

    /** With the field names of {@code CLIPImageProcessor}. */
    ObjectNode toJson() {
        ObjectNode root = JsonFile.MAPPER.createObjectNode();
        root.put("image_processor_type", "CLIPImageProcessor");
        root.put("do_convert_rgb", true);
        root.put("do_resize", !(resize instanceof Resize.None));
        if (resize instanceof Resize.ShortestEdge edge) {
            root.putObject("size").put("shortest_edge", edge.pixels());
        } else if (resize instanceof Resize.Exact exact) {
            root.putObject("size").put("height", exact.height()).put("width", exact.width());
        }
        root.put("resample", filter.number);
        root.put("do_center_crop", true);
        root.putObject("crop_size").put("height", crop.height()).put("width", crop.width());
        if (isCentreRounded) {
            root.put(CENTRE, true);
        }
        root.put("do_rescale", true);
        root.put("rescale_factor", rescale);
        root.put("do_normalize", true);
        mean.forEach(root.putArray("image_mean")::add);
        deviation.forEach(root.putArray("image_std")::add);
        return root;
    }
}
