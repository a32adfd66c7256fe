package io.numclip.dataset;

import static io.numclip.data.RefusalAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Region;
import io.numclip.data.Split;
import io.numclip.dataset.TaskData.Samples;
import io.numclip.image.ImageFile;
import io.numclip.spi.InvalidSettingException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists that say where in a picture an image is. */
class RegionListTest {

    private static final Path TURNED = Path.of("src/test/resources/golden/regions/turned-6.jpg"); // 35 x 47 upright

    @TempDir
    Path folder;

    @BeforeEach
    void picture() throws IOException {
        Files.copy(TURNED, folder.resolve("group.jpg"));
    }

    @Test
    void aRowIsARegionOfItsPicture() throws IOException {
        List<LabeledImage> images = read(
                "image,age,left,top,width,height,person",
                "group.jpg,30,0,0,10,20,a",
                "group.jpg,40,10.4,12.5,24.6,34.5,b",
                "group.jpg,50,,,,,c");
        assertThat(images)
                .extracting(LabeledImage::name)
                .containsExactly("group.jpg#xywh=0,0,10,20", "group.jpg#xywh=10,12,25,35", "group.jpg");
        assertThat(images.get(1).source())
                .isEqualTo(new ImageFile(folder.resolve("group.jpg"), new Region(10, 12, 25, 35)));
        assertThat(images.get(2).source()).isEqualTo(new ImageFile(folder.resolve("group.jpg")));
        assertThat(images.get(1).attributes()).isEqualTo(Map.of("person", "b"));
    }

    @Test
    void aRegionThatIsListedAgainCountsAgain() throws IOException {
        assertThat(read("image,age,left,top,width,height", "group.jpg,30,0,0,10,20", "group.jpg,31,0.2,0,9.9,20"))
                .extracting(LabeledImage::name)
                .containsExactly(
                        "group.jpg#xywh=0,0,10,20", "group.jpg#xywh=0,0,10,20 (" + folder.resolve("list.csv") + ":3)");
    }

    @Test
    void widthAndHeightAloneAreColumnsLikeOthers() throws IOException {
        assertThat(read("image,age,width,height", "group.jpg,30,640,480"))
                .extracting(LabeledImage::attributes)
                .containsExactly(Map.of("width", "640", "height", "480"));
    }

    @Test
    void allWrongRegionsAreReportedAtOnce() throws IOException {
        assertRefused(
                        Kind.DATA,
                        () -> read(
                                "image,age,left,top,width,height",
                                "group.jpg,1,-1,2,3,4",
                                "group.jpg,1,1,-2,3,4",
                                "group.jpg,1,1,2,0,4",
                                "group.jpg,1,1,2,3,0",
                                "group.jpg,1,1,2,-3,4",
                                "group.jpg,1,1,2,3,-4",
                                "group.jpg,1,x,2,3,4",
                                "group.jpg,1,1,nan,3,4",
                                "group.jpg,1,1,2,3,",
                                "group.jpg,1,30,2,6,4",
                                "group.jpg,1,1,40,3,8",
                                "group.jpg,1,1,2,1e9,4",
                                "group.jpg,1,99,99,1,1",
                                "group.jpg,1,1,2,\"3,5\",4"))
                .hasMessage("""
                        14 lines of LIST cannot be used:
                          LIST:2: left is -1, outside the picture; give 0 or more pixels
                          LIST:3: top is -2, outside the picture; give 0 or more pixels
                          LIST:4: width is 0, a region of no size; give 1 pixel or more
                          LIST:5: height is 0, a region of no size; give 1 pixel or more
                          LIST:6: width is -3, a region of no size; give 1 pixel or more
                          LIST:7: height is -4, a region of no size; give 1 pixel or more
                          LIST:8: left: 'x' is not a number; give pixels, such as 120
                          LIST:9: top: 'nan' is not a number; give pixels, such as 120
                          LIST:10: of the region only left, top, width are filled; fill all four, or leave all four empty for the whole picture
                          LIST:11: group.jpg: left + width is 36, outside the upright picture of 35 x 47 pixels; give a region that lies in it
                          LIST:12: group.jpg: top + height is 48, outside the upright picture of 35 x 47 pixels; give a region that lies in it
                          LIST:13: left + width is 1.000000001E9, outside every picture; give pixels
                          LIST:14: group.jpg: left + width is 100, outside the upright picture of 35 x 47 pixels; give a region that lies in it
                          LIST:15: width: '3,5' is not a number; give pixels, such as 120""".replace("LIST", folder.resolve("list.csv").toString()));
    }

    @Test
    void aMissingColumnOfTheFourIsReported() throws IOException {
        assertRefused(Kind.DATA, () -> read("image,age,left,top,width", "group.jpg,1,1,2,3"))
                .hasMessage(
                        folder.resolve("list.csv") + ":1: of a region only left, top, width; name all four, left, top,"
                                + " width, height, or give these another name");
    }

    @Test
    void regionsOfAPictureAreInOneSplit() throws IOException {
        StringBuilder list = new StringBuilder("image,age,left,top,width,height\n");
        for (int picture = 0; picture < 12; picture++) {
            Files.copy(TURNED, folder.resolve(picture + ".jpg"));
            for (int region = 0; region < 3; region++) {
                list.append(picture + ".jpg,30," + region + ",0,5,5\n");
            }
        }
        Files.writeString(folder.resolve("list.csv"), list);
        TaskImages images = images();
        for (Split split : Split.values()) {
            assertThat(images.images(split).stream()
                            .map(image -> ((ImageFile) image.source()).path())
                            .collect(Collectors.groupingBy(path -> path, Collectors.counting()))
                            .values())
                    .isNotEmpty()
                    .containsOnly(3L);
        }
    }

    @Test
    void aPictureThatCannotBeReadIsReportedWhenItIsRead() throws IOException {
        Files.writeString(folder.resolve("broken.jpg"), "no image");
        LabeledImage image =
                read("image,age,left,top,width,height", "broken.jpg,1,1,2,3,4").get(0);
        assertThatThrownBy(() -> image.source().rows())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("first bytes 'no image'");
    }

    @Test
    void aRegionIsReadAsAnImage() throws IOException {
        LabeledImage image =
                read("image,age,left,top,width,height", "group.jpg,1,1,2,3,4").get(0);
        BufferedImage whole = new ImageFile(folder.resolve("group.jpg")).read();
        BufferedImage cut = image.source().read();
        assertThat(cut.getRGB(0, 0, 3, 4, null, 0, 3)).isEqualTo(whole.getRGB(1, 2, 3, 4, null, 0, 3));
    }

    @Test
    void aMarginIsAShare() {
        assertThatThrownBy(() -> data(-0.1))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("regionMargin must be a share from 0 to 10, such as 0.25; found -0.1");
        assertThatThrownBy(() -> data(Double.NaN)).isInstanceOf(InvalidSettingException.class);
        assertThat(new TaskImages(data(0.25), new LabelScale(0, 100, "years"), null).regionMargin())
                .isEqualTo(0.25);
        assertThat(data(0.25).withColumns("a", "b").regionMargin()).isEqualTo(0.25);
    }

    private List<LabeledImage> read(String header, String... rows) throws IOException {
        Files.writeString(
                folder.resolve("list.csv"),
                header + ",split\n"
                        + List.of(rows).stream().map(row -> row + ",train\n").collect(Collectors.joining()));
        return images().images(Split.TRAIN);
    }

    private TaskImages images() {
        return new TaskImages(data(0), new LabelScale(0, 100, "years"), null);
    }

    private TaskData data(double margin) {
        return new TaskData(
                "csv",
                "",
                "",
                folder.resolve("list.csv").toString(),
                "image",
                "age",
                0.2,
                0.2,
                1,
                new Samples(1, 1, 1),
                margin);
    }
}
