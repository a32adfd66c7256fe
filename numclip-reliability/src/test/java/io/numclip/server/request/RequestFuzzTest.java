package io.numclip.server.request;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.numclip.reliability.HostileInput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Bodies of requests that nobody vouches for. */
class RequestFuzzTest {

    private static final HostileInput INPUT = new HostileInput(RefusedException.class);
    private static final RequestReader READER = new RequestReader(16, 64);

    @FuzzTest
    void json(byte[] body) {
        INPUT.read(() -> READER.read("application/json", RequestBody.of(body), List.of()));
    }

    @FuzzTest
    void inference(byte[] body) {
        INPUT.read(() -> READER.readInfer("application/json", null, RequestBody.of(body)));
    }

    @FuzzTest
    void form(byte[] body) {
        INPUT.read(() -> READER.read("multipart/form-data; boundary=x", RequestBody.of(body), List.of()));
    }

    /** The first line is the type, with its boundary. */
    @FuzzTest
    void typeAndBody(byte[] content) {
        int end = 0;
        while (end < content.length && content[end] != '\n') {
            end++;
        }
        String type = new String(content, 0, end, StandardCharsets.ISO_8859_1);
        byte[] body = Arrays.copyOfRange(content, Math.min(end + 1, content.length), content.length);
        INPUT.read(() -> READER.read(type, RequestBody.of(body), List.of()));
    }
}
