package io.numclip.host.config;

import io.numclip.spi.InvalidSettingException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who follows a training while it runs, beside the files that every run writes.
 *
 * @param tensorboard whether the run folder gets events for TensorBoard; left out: it does not
 * @param mlflow address of an MLflow tracking server, such as http://127.0.0.1:5000; left out: none
 */
public record Follow(
        @Nullable Boolean tensorboard, @Nullable String mlflow) {

    public Follow {
        if (mlflow != null) {
            address(mlflow);
        }
    }

    public boolean isTensorboardOn() {
        return Boolean.TRUE.equals(tensorboard);
    }

    /** The address of the MLflow server; null for none. */
    public @Nullable URI tracking() {
        return mlflow == null ? null : address(mlflow);
    }

    /** Without a slash at its end. */
    private static URI address(String text) {
        URI address;
        try {
            address = new URI(text.strip().replaceFirst("/+$", ""));
        } catch (URISyntaxException e) {
            throw noAddress(text);
        }
        if (address.getRawUserInfo() != null) {
            throw new InvalidSettingException(
                    "mlflow",
                    "must have no name and no password in it; set MLFLOW_TRACKING_USERNAME and"
                            + " MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, in the environment");
        }
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (!Set.of("http", "https").contains(scheme)
                || address.getHost() == null
                || address.getRawQuery() != null
                || address.getRawFragment() != null) {
            throw noAddress(text);
        }
        return address;
    }

    private static InvalidSettingException noAddress(String text) {
        return new InvalidSettingException(
                "mlflow",
                "must be the address of a tracking server, such as http://127.0.0.1:5000; found \""
                        + text.replaceFirst("//[^/]*@", "//…@") + "\"");
    }
}
