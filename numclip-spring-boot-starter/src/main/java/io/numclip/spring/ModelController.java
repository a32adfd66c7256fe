package io.numclip.spring;

import io.numclip.data.NumClipException;
import io.numclip.host.NumClip;
import io.numclip.storage.Limit;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /numclip/MODEL} with the content of an image file answers with its prediction, as {@code numclip predict} prints it. */
@RestController
class ModelController {

    private final Map<String, NumClip> models;

    ModelController(Map<String, NumClip> models) {
        this.models = models;
    }

    @PostMapping("/numclip/{model}")
    ResponseEntity<Map<String, Object>> predict(@PathVariable("model") String name, InputStream body)
            throws IOException {
        NumClip model = models.get(name);
        if (model == null) {
            return refused(
                    HttpStatus.NOT_FOUND, "no model " + name, "ask for one of " + new TreeSet<>(models.keySet()));
        }
        int largest = Math.toIntExact(Limit.IMAGE_BYTES.value());
        byte[] image = body.readNBytes(largest + 1);
        if (image.length > largest) {
            return refused(
                    HttpStatus.valueOf(413), "the image has more than " + largest + " bytes", "send a smaller one");
        }
        try {
            return ResponseEntity.ok(model.predict(image).fields());
        } catch (NumClipException unreadable) {
            return refused(HttpStatus.BAD_REQUEST, String.valueOf(unreadable.getMessage()), unreadable.fix());
        }
    }

    private static ResponseEntity<Map<String, Object>> refused(HttpStatus status, String error, String fix) {
        return ResponseEntity.status(status).body(Map.of("error", error, "fix", fix));
    }
}
