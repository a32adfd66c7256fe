package io.numclip.pretraining;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.dataset.BadRowException;
import io.numclip.dataset.DataRow;
import io.numclip.dataset.TableRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a list of pictures with the columns {@code image}, relative to the list, and {@code caption}, several of which a bar
 * separates. Rows whose column {@code heldOut} says {@code yes} are left out.
 */
public final class PictureList {

    private static final String IMAGE = "image";
    private static final String CAPTION = "caption";
    private static final String HELD_OUT = "heldOut";

    private PictureList() {}

    /** @throws NumClipException if there is no such list, a column is missing, or a row has no caption */
    public static List<CaptionedPicture> read(Path list) throws IOException {
        List<CaptionedPicture> pictures = new ArrayList<>();
        try (TableRows rows = TableRows.open(list)) {
            boolean marksHeldOut = rows.columns().contains(HELD_OUT);
            while (rows.hasNext()) {
                DataRow row = rows.next();
                if (!marksHeldOut || !row.text(HELD_OUT).equals("yes")) {
                    pictures.add(picture(row, list));
                }
            }
        } catch (BadRowException e) {
            throw wrong(list + ": " + e.getMessage());
        }
        if (pictures.isEmpty()) {
            throw wrong(list + ": no picture that is not held out");
        }
        return pictures;
    }

    private static CaptionedPicture picture(DataRow row, Path list) throws BadRowException {
        String image = row.text(IMAGE);
        List<String> captions = Stream.of(row.text(CAPTION).split("\\|"))
                .map(String::strip)
                .filter(caption -> !caption.isEmpty())
                .toList();
        if (image.isEmpty() || captions.isEmpty()) {
            throw wrong(row.place() + ": expected an image and a caption, found '" + image + "' and '"
                    + row.text(CAPTION) + "'");
        }
        return new CaptionedPicture(image, list.resolveSibling(image), captions);
    }

    private static NumClipException wrong(String problem) {
        return new NumClipException(
                Kind.DATA, problem, "write the columns image and caption; tools/pictures/fetch.py makes such a list");
    }
}
