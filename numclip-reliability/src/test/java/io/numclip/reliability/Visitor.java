package io.numclip.reliability;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Asks a server in each way in which it could come by a secret: in headers and in addresses, wanted and refused, and in what
 * is no request at all.
 *
 * @param token that the server wants, if it wants one
 */
record Visitor(int port, String token) {

    private static final int PATIENCE_MILLIS = 60_000;

    /** @return all answers, with their headers */
    String answers(byte[] image) throws IOException {
        String[] heads = {
            head("POST /v1/predict", token, image.length, "Cookie: session=" + SecretsTest.ofHeader()),
            head("POST /v1/predict?model=" + SecretsTest.ofAddress(), token, image.length, ""),
            head("POST /v1/predict", token, image.length, "Content-Encoding: " + SecretsTest.ofHeader()),
            head("GET /v1/models?key=" + SecretsTest.ofAddress(), token, 0, "X-Api-Key: " + SecretsTest.ofHeader()),
            head("GET /v1/models", SecretsTest.ofHeader(), 0, ""),
            head("GET /" + SecretsTest.ofAddress(), token, 0, ""),
            head("GET /v2/models/" + SecretsTest.ofAddress(), token, 0, ""),
            head("GET /v2/models/%2e%2e%2f" + SecretsTest.ofAddress(), token, 0, ""),
            head("TRACE /v1/models", token, 0, "Cookie: session=" + SecretsTest.ofHeader()),
            head("GET /v1/models", token, 0, "Host: " + SecretsTest.ofHeader() + ".invalid"),
            head("GET /v1/models", token, 0, "X-Long: " + SecretsTest.ofHeader() + "x".repeat(20_000)),
            head("GET /v1/models", token, 0, SecretsTest.ofHeader() + "\0"),
            SecretsTest.ofAddress() + "\r\n\r\n",
            head("GET /metrics", token, 0, "")
        };
        StringBuilder answers = new StringBuilder();
        for (String head : heads) {
            answers.append(ask(head, head.startsWith("POST") ? image : new byte[0]))
                    .append('\n');
        }
        return answers.toString();
    }

    private static String head(String what, String authorization, int length, String header) {
        String host = header.startsWith("Host:") ? "" : "Host: localhost\r\n";
        return what + " HTTP/1.1\r\n" + host + "Connection: close\r\nContent-Type: image/png\r\nContent-Length: "
                + length + "\r\nAuthorization: Bearer " + authorization + "\r\n"
                + (header.isEmpty() ? "" : header + "\r\n") + "\r\n";
    }

    private String ask(String head, byte[] body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(body);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(answer);
            } catch (java.net.SocketException closed) { // before all was read that was sent
                return answer.toString(StandardCharsets.ISO_8859_1);
            }
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
