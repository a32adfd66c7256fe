package io.numclip.testing;

import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.sample.DrawnImage;
import io.numclip.sample.SampleWorld;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** A picture of many samples of a world, lowest label first, to look at what a task draws. */
public final class SampleSheet {

    private final List<LabeledImage> samples;
    private final int columns;

    private SampleSheet(List<LabeledImage> samples, int columns) {
        this.samples = samples;
        this.columns = columns;
    }

    /** The first {@code rows * columns} samples of a split. */
    public static SampleSheet of(SampleWorld world, Split split, int rows, int columns) {
        List<LabeledImage> samples = IntStream.range(0, rows * columns)
                .mapToObj(index -> world.draw(split, index, 1))
                .sorted(Comparator.comparingDouble(LabeledImage::label))
                .toList();
        return new SampleSheet(samples, columns);
    }

    /** @param side width of one sample in pixels; the input size of the model shows what the model can see */
    public void write(Path png, int side) throws IOException {
        int rows = samples.size() / columns;
        BufferedImage sheet = new BufferedImage(columns * side, rows * side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        for (int i = 0; i < samples.size(); i++) {
            BufferedImage image = samples.get(i).source().read();
            graphics.drawImage(image, i % columns * side, i / columns * side, side, side, null);
        }
        graphics.dispose();
        ImageIO.write(sheet, "png", png.toFile());
    }

    /** Labels and captions in the order of the sheet, one line each. */
    public String legend() {
        StringBuilder legend = new StringBuilder();
        samples.forEach(sample -> legend.append(sample.label())
                .append('\t')
                .append(sample.attributes().get(LabeledImage.CAPTION))
                .append('\n'));
        return legend.toString();
    }

    /**
     * Writes {@code FOLDER/WORLD.png} at full size and {@code FOLDER/WORLD-64.png} as the embedded model sees it.
     *
     * @param arguments class name of a {@link SampleWorld} with a constructor without parameters, then the folder
     */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        SampleWorld world = Class.forName(arguments[0])
                .asSubclass(SampleWorld.class)
                .getConstructor()
                .newInstance();
        Path folder = Path.of(arguments[1]);
        String name = world.getClass().getSimpleName();
        SampleSheet sheet = of(world, Split.TRAIN, 10, 12);
        sheet.write(folder.resolve(name + ".png"), DrawnImage.SIZE);
        sheet.write(folder.resolve(name + "-64.png"), 64);
        System.out.print(sheet.legend());
    }
}
