package io.numclip.dataset;

import io.numclip.data.ImageSource;
import io.numclip.spi.BrokenContractException;
import java.io.IOException;

/** What images are known by. Those of a plugin may have none, and all such would be the same image. */
public final class Fingerprints {

    private Fingerprints() {}

    /** @throws BrokenContractException if the image has none */
    public static String of(ImageSource image) throws IOException {
        String fingerprint = image.fingerprint();
        if (fingerprint == null) {
            throw new BrokenContractException(image, "makes an image whose fingerprint is null");
        }
        return fingerprint;
    }
}
