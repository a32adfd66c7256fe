package io.numclip.host.follow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.NumClipException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The <a href="https://mlflow.org/docs/latest/api_reference/rest-api.html">REST interface</a> of an MLflow tracking server. An
 * answer that is an error, or none, is an {@link MlflowFailure}. Redirects are not followed.
 */
final class MlflowServer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INTERFACE = "/api/2.0/mlflow/";
    private static final int MOST_BYTES = 1 << 22;
    private static final int LONGEST_REASON = 200;

    private final URI address;
    private final Map<String, String> environment;
    private final Duration patience;

    /**
     * @param environment may hold a secret, see {@link MlflowSecret}
     * @param patience for a connection, and for an answer
     */
    MlflowServer(URI address, Map<String, String> environment, Duration patience) {
        this.address = address;
        this.environment = environment;
        this.patience = patience;
    }

    /** One for each request: the server closes a connection that rests between two epochs, and a request on it would fail. */
    private HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .build();
    }

    URI address() {
        return address;
    }

    JsonNode get(String call, String parameter, String value) throws MlflowFailure, InterruptedException {
        String query = "?" + parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        return send(HttpRequest.newBuilder(place(call + query)).GET());
    }

    JsonNode post(String call, Map<String, ?> content) throws MlflowFailure, InterruptedException {
        return send(HttpRequest.newBuilder(place(call))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(text(content))));
    }

    private URI place(String call) {
        return URI.create(address + INTERFACE + call);
    }

    private static String text(Map<String, ?> content) {
        try {
            return JSON.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts and numbers can be written", e);
        }
    }

    private JsonNode send(HttpRequest.Builder request) throws MlflowFailure, InterruptedException {
        Optional<MlflowSecret> secret = MlflowSecret.of(environment, address);
        secret.ifPresent(known -> request.header("Authorization", known.header()));
        request.timeout(patience).header("User-Agent", "numclip").header("Accept", "application/json");
        try {
            HttpResponse<InputStream> response = client().send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return answer(response.statusCode(), body.readNBytes(MOST_BYTES));
            }
        } catch (MlflowFailure known) {
            throw known;
        } catch (IOException failure) {
            throw new MlflowFailure(reason(failure), false, "");
        }
    }

    private static JsonNode answer(int status, byte[] body) throws MlflowFailure {
        JsonNode content = content(body);
        if (status == 200 && content.isObject()) {
            return content;
        }
        if (status == 200) {
            throw MlflowFailure.ofAnotherProgram();
        }
        boolean passing = status >= 500 || status == 408 || status == 429;
        throw new MlflowFailure(
                refusal(status, content), !passing, content.path("error_code").asText());
    }

    private static JsonNode content(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private static String refusal(int status, JsonNode content) {
        if (status == 401 || status == 403) {
            return "status " + status + ": set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and"
                    + " MLFLOW_TRACKING_PASSWORD, in the environment";
        }
        String said = content.path("message").asText().lines().findFirst().orElse("");
        return "status " + status
                + (said.isEmpty() ? "" : ": " + said.substring(0, Math.min(LONGEST_REASON, said.length())));
    }

    private String reason(IOException failure) {
        if (failure instanceof HttpConnectTimeoutException) {
            return "no connection within " + patience.toSeconds() + " s";
        }
        if (failure instanceof HttpTimeoutException) {
            return "no answer within " + patience.toSeconds() + " s";
        }
        return failure instanceof ConnectException ? "no connection" : NumClipException.firstLine(failure);
    }
}
