package io.numclip.host.follow;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an MLflow server knows its user by, from the variables that MLflow's own client reads: {@code MLFLOW_TRACKING_TOKEN},
 * or {@code MLFLOW_TRACKING_USERNAME} and {@code MLFLOW_TRACKING_PASSWORD}. Only {@link #header} shows it.
 */
final class MlflowSecret {

    private static final String TOKEN = "MLFLOW_TRACKING_TOKEN";
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]{1,8000}");
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final String header;

    private MlflowSecret(String header) {
        this.header = header;
    }

    /**
     * @param server gets the secret only if it is this machine, or the connection is encrypted
     * @throws MlflowFailure if the secret cannot be used; its value is not shown
     */
    static Optional<MlflowSecret> of(Map<String, String> environment, URI server) throws MlflowFailure {
        Optional<MlflowSecret> secret = of(environment);
        if (secret.isPresent()
                && !"https".equalsIgnoreCase(server.getScheme())
                && !THIS_MACHINE.contains(server.getHost())) {
            throw new MlflowFailure(
                    "a token or password is set, and is not sent without encryption; name the server with https, or"
                            + " unset the variables MLFLOW_TRACKING_…",
                    true,
                    "");
        }
        return secret;
    }

    private static Optional<MlflowSecret> of(Map<String, String> environment) throws MlflowFailure {
        String token = environment.getOrDefault(TOKEN, "").strip();
        String name = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "").strip();
        if (!token.isEmpty()) {
            if (!PRINTABLE.matcher(token).matches()) {
                throw new MlflowFailure(TOKEN + " is not a token; one is a single word", true, "");
            }
            return Optional.of(new MlflowSecret("Bearer " + token));
        }
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String both = name + ":" + environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
        byte[] bytes = both.getBytes(StandardCharsets.UTF_8);
        return Optional.of(new MlflowSecret("Basic " + Base64.getEncoder().encodeToString(bytes)));
    }

    /** The value of the header {@code Authorization}. */
    String header() {
        return header;
    }

    @Override
    public String toString() {
        return "***";
    }
}
