package io.numclip.host.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.Region;
import io.numclip.host.TestingCatalog;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.image.ImageFile;
import io.numclip.spi.BrokenContractException;
import io.numclip.spi.RegionFinder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskRegionsTest {

    @TempDir
    Path folder;

    private PluginCatalog catalog;

    @BeforeEach
    void pictures() throws IOException {
        catalog = TestingCatalog.create(folder);
        for (int regions = 0; regions < 4; regions++) {
            BufferedImage picture = new BufferedImage(30, 10, BufferedImage.TYPE_INT_RGB);
            picture.setRGB(0, 0, regions << 16);
            ImageIO.write(picture, "png", folder.resolve(regions + ".png").toFile());
        }
    }

    @Test
    void aPictureIsCutToItsRegionAndARegionOfTheListStays() throws IOException {
        ExperimentConfig config = config("""
                image,value,split,left,top,width,height
                1.png,1,train,,,,
                2.png,2,train,3,4,5,6
                1.png,1,validation,0,0,1,1
                1.png,1,test,2,2,2,2
                """);
        assertThat(TaskImages.all(Components.task(config)))
                .extracting(LabeledImage::name)
                .containsExactlyInAnyOrder(
                        "1.png#xywh=0,0,10,10", "2.png#xywh=3,4,5,6", "1.png#xywh=0,0,1,1", "1.png#xywh=2,2,2,2");
        assertThat(TaskImages.all(Components.task(config)))
                .extracting(LabeledImage::source)
                .contains(new ImageFile(folder.resolve("1.png"), new Region(0, 0, 10, 10)));
        assertThat(config.toYaml()).contains("regions:\n  type: squares\n  side: 10\n");
    }

    @Test
    void picturesWithoutOneRegionAreNamedAtOnce() throws IOException {
        ExperimentConfig config =
                config("image,value,split\n0.png,1,train\n1.png,1,train\n2.png,1,validation\n3.png,1,test\n");
        assertThatThrownBy(() -> TaskImages.all(Components.task(config)))
                .isInstanceOf(NumClipException.class)
                .hasMessage("regions (squares) expects one region in a picture:\n"
                        + "  0.png: no region found\n  2.png: 2 regions found\n  3.png: 3 regions found");
    }

    @Test
    void imagesThatAreDrawnAreRefused() {
        ExperimentConfig config = TestingCatalog.config(folder, "regions={type: squares}");
        assertThatThrownBy(() -> TaskImages.all(Components.task(config)))
                .hasMessageContaining("train-0: is drawn, and regions are looked for in files");
    }

    @Test
    void aSearchInJavaFindsTheRegionsOfAnImageInAnyForm() throws IOException {
        try (RegionSearch search = RegionSearch.open("{type: squares, side: 3}", catalog)) {
            List<RegionFinder.Found> found = search.find(folder.resolve("2.png"));
            assertThat(found)
                    .containsExactly(
                            new RegionFinder.Found(new Region(0, 0, 3, 3), 1),
                            new RegionFinder.Found(new Region(3, 0, 3, 3), 0.5));
            assertThat(search.find(Files.readAllBytes(folder.resolve("2.png")))).isEqualTo(found);
            assertThat(search.find(folder.resolve("0.png"))).isEmpty();
        }
    }

    @Test
    void aRegionBeyondThePictureIsAFaultOfThePlugin() {
        try (RegionSearch search = RegionSearch.open("{type: squares, side: 11}", catalog)) {
            assertThatThrownBy(() -> search.find(folder.resolve("1.png")))
                    .isInstanceOf(BrokenContractException.class)
                    .hasMessageContaining("top + height is 11, outside the upright picture of 30 x 10 pixels");
        }
    }

    @Test
    void whatIsNoFinderIsNamed() {
        assertThatThrownBy(() -> RegionSearch.open("square", catalog))
                .hasMessageContaining("--regions")
                .hasMessageContaining("Did you mean \"squares\"?");
        assertThatThrownBy(() -> RegionSearch.open("{type: squares, side: 0}", catalog))
                .hasMessageContaining("side must be 1 or more; found 0");
    }

    private ExperimentConfig config(String list) throws IOException {
        Files.writeString(folder.resolve("list.csv"), list);
        Path file = Files.writeString(folder.resolve("experiment.yaml"), """
                task: {type: generic, minimum: 0, maximum: 10, unit: steps, data: {format: csv, file: list.csv}}
                binning: {type: uniform, concepts: [small, large]}
                regions: {type: squares}
                """);
        return new ExperimentReader(catalog).read(file.toString(), List.of());
    }
}
