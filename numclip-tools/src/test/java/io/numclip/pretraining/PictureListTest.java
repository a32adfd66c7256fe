package io.numclip.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.NumClipException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureListTest {

    @TempDir
    Path folder;

    @Test
    void readsPicturesWithTheirCaptionsAndLeavesOutThoseThatAreHeldOut() throws IOException {
        Path list = list("image,caption,source,licence,heldOut\n"
                + "a/fox.png,\"fox|fox: animal, red\",set,MIT,no\n"
                + "b/owl.png,owl,set,MIT,yes\n");
        assertThat(PictureList.read(list))
                .containsExactly(new CaptionedPicture(
                        "a/fox.png", folder.resolve("a/fox.png"), List.of("fox", "fox: animal, red")));
    }

    @Test
    void aListWithoutTheColumnHoldsNothingOut() throws IOException {
        assertThat(PictureList.read(list("image,caption\nfox.png,fox\nowl.png,owl\n")))
                .hasSize(2);
    }

    @Test
    void namesTheRowThatHasNoCaption() throws IOException {
        Path list = list("image,caption\nfox.png,fox\nowl.png, | \n");
        assertThatThrownBy(() -> PictureList.read(list))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("pictures.csv:3: expected an image and a caption, found 'owl.png'");
    }

    @Test
    void namesTheColumnThatIsMissing() throws IOException {
        Path list = list("image,title\nfox.png,fox\n");
        assertThatThrownBy(() -> PictureList.read(list)).hasMessageContaining("no column 'caption'");
    }

    @Test
    void aListOfHeldOutPicturesIsRefused() throws IOException {
        Path list = list("image,caption,heldOut\nfox.png,fox,yes\n");
        assertThatThrownBy(() -> PictureList.read(list)).hasMessageContaining("no picture that is not held out");
    }

    private Path list(String text) throws IOException {
        return Files.writeString(folder.resolve("pictures.csv"), text);
    }
}
