import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.dataset.TaskData;
import io.numclip.spi.OrdinalTask;
import io.numclip.tasks.age.AgeTask;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Writes the drawn portraits of the age task as files, with a list image,value,split, so that Python programs can train
 * on them.
 * Usage: java -cp CLASSPATH SampleImages.java OUT TRAIN VALIDATION TEST
 */
public final class SampleImages {

    private SampleImages() {}

    public static void main(String[] arguments) throws Exception {
        Path out = Files.createDirectories(Path.of(arguments[0]));
        TaskData data = TaskData.samples(
                Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        OrdinalTask task = new AgeTask().create(new AgeTask.Config(data));
        try (PrintWriter list = new PrintWriter(Files.newBufferedWriter(out.resolve("images.csv")))) {
            list.println("image,value,split");
            for (Split split : Split.values()) {
                write(task.images(split), split.name().toLowerCase(Locale.ROOT), out, list);
            }
        }
    }

    private static void write(List<LabeledImage> images, String split, Path out, PrintWriter list) throws Exception {
        for (int index = 0; index < images.size(); index++) {
            LabeledImage image = images.get(index);
            String name = split + "-" + index + ".png";
            ImageIO.write(image.source().read(), "png", out.resolve(name).toFile());
            list.println(name + "," + image.label() + "," + split);
        }
    }
}
