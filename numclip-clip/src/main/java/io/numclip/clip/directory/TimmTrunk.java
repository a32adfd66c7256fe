package io.numclip.clip.directory;

import io.numclip.clip.directory.ClipConfig.Activation;
import io.numclip.clip.directory.ClipConfig.ImageForm;
import io.numclip.clip.directory.ClipConfig.Pool;
import io.numclip.clip.directory.ClipConfig.Projection;
import io.numclip.clip.directory.ClipConfig.Rotary;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Image towers that OpenCLIP takes from timm by name: those of SigLIP and of Perception Encoder. The name stands for
 * everything that {@code open_clip_config.json} does not say (timm 1.0.31, {@code vision_transformer.py} and
 * {@code eva.py}).
 */
final class TimmTrunk {

    private static final Pattern SIGLIP = Pattern.compile("vit_([a-z0-9]+)_patch(\\d+)_siglip_(\\d+)");
    private static final Pattern PERCEPTION = Pattern.compile("vit_pe_core_([a-z]+)_patch(\\d+)_(\\d+)");

    /** Sizes of a Vision Transformer. */
    private record Size(int width, int layers, int heads, int hidden) {}

    private static final Map<String, Size> SIGLIP_SIZES = Map.of(
            "base", new Size(768, 12, 12, 3072),
            "large", new Size(1024, 24, 16, 4096),
            "so400m", new Size(1152, 27, 16, 4304),
            "giantopt", new Size(1536, 40, 16, 6144));

    /** These have the exact GELU, as the first SigLIP in OpenCLIP; the others have that by tanh. */
    private static final Set<String> EXACT = Set.of(
            "vit_base_patch16_siglip_224",
            "vit_base_patch16_siglip_256",
            "vit_base_patch16_siglip_384",
            "vit_base_patch16_siglip_512",
            "vit_large_patch16_siglip_256",
            "vit_large_patch16_siglip_384",
            "vit_so400m_patch14_siglip_224",
            "vit_so400m_patch14_siglip_378",
            "vit_so400m_patch14_siglip_384");

    private static final Map<String, Size> PERCEPTION_SIZES = Map.of(
            "tiny", new Size(192, 12, 3, 768),
            "small", new Size(384, 12, 6, 1536),
            "base", new Size(768, 12, 12, 3072),
            "large", new Size(1024, 24, 16, 4096),
            "gigantic", new Size(1536, 50, 16, 8960));

    private static final int PERCEPTION_POOL_HEADS = 8;

    private TimmTrunk() {}

    /**
     * @param name of timm
     * @param imageSize side of the images; the name's own if 0
     * @throws IllegalArgumentException if it is none of these
     */
    static ClipConfig.Vision of(String name, int imageSize, Projection projection) {
        require(name);
        Matcher siglip = SIGLIP.matcher(name);
        if (siglip.matches()) {
            return siglip(siglip, imageSize, projection);
        }
        Matcher perception = PERCEPTION.matcher(name);
        perception.matches();
        return perception(perception, imageSize, projection);
    }

    /** @throws IllegalArgumentException if a name is none of these */
    static void require(String name) {
        if (!isOne(name, SIGLIP, SIGLIP_SIZES) && !isOne(name, PERCEPTION, PERCEPTION_SIZES)) {
            throw new IllegalArgumentException(
                    ("model_cfg/vision_cfg/timm_model_name: \"%s\" is not supported; of timm's"
                                    + " image towers, those of SigLIP (vit_*_siglip_*) and of PE-Core (vit_pe_core_*) are")
                            .formatted(name));
        }
    }

    private static boolean isOne(String name, Pattern family, Map<String, Size> sizes) {
        Matcher matcher = family.matcher(name);
        return matcher.matches() && sizes.containsKey(matcher.group(1));
    }

    private static ClipConfig.Vision siglip(Matcher name, int imageSize, Projection projection) {
        Size size = SIGLIP_SIZES.get(name.group(1));
        Pool pool = new Pool(size.heads(), size.hidden());
        return vision(
                name,
                size,
                imageSize,
                EXACT.contains(name.group()) ? Activation.GELU : Activation.GELU_TANH,
                1e-6,
                new ImageForm(false, true, false, pool, projection, null));
    }

    private static ClipConfig.Vision perception(Matcher name, int imageSize, Projection projection) {
        Size size = PERCEPTION_SIZES.get(name.group(1));
        boolean isGigantic = name.group(1).equals("gigantic");
        int grid = Integer.parseInt(name.group(3)) / Integer.parseInt(name.group(2));
        return vision(
                name,
                size,
                imageSize,
                Activation.GELU,
                1e-5,
                new ImageForm(
                        !isGigantic,
                        false,
                        true,
                        new Pool(PERCEPTION_POOL_HEADS, 4 * size.width()),
                        projection,
                        new Rotary(grid, isGigantic ? 0 : 1)));
    }

    private static ClipConfig.Vision vision(
            Matcher name, Size size, int imageSize, Activation activation, double epsilon, ImageForm form) {
        return new ClipConfig.Vision(
                imageSize == 0 ? Integer.parseInt(name.group(3)) : imageSize,
                Integer.parseInt(name.group(2)),
                size.width(),
                size.hidden(),
                size.layers(),
                size.heads(),
                activation,
                epsilon,
                form);
    }
}
