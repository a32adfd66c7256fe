package io.numclip.server;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Bodies of the Open Inference Protocol. */
final class InferBodies {

    private InferBodies() {}

    static String of(String image) {
        return "{\"inputs\":[{\"name\":\"image\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\""
                + Base64.getEncoder().encodeToString(image.getBytes(StandardCharsets.UTF_8)) + "\"]}]}";
    }
}
