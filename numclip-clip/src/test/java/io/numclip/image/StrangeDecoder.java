package io.numclip.image;

import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/** As a plugin may register it: says that it reads everything, and knows when it is asked to. */
final class StrangeDecoder extends ImageReaderSpi {

    private static final String[] FORMATS = {"png", "PNG", "jpeg", "JPEG", "jpg"};

    boolean asked;

    StrangeDecoder() {
        super(
                "somebody else",
                "1",
                FORMATS,
                FORMATS,
                new String[] {"image/png", "image/jpeg"},
                "StrangeReader",
                new Class<?>[] {ImageInputStream.class},
                null,
                false,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                null);
    }

    @Override
    public boolean canDecodeInput(Object source) {
        asked = true;
        return true;
    }

    @Override
    public ImageReader createReaderInstance(Object extension) throws IOException {
        asked = true;
        throw new IOException("a strange decoder was asked");
    }

    @Override
    public String getDescription(Locale locale) {
        return "strange";
    }
}
