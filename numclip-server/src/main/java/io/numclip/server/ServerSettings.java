package io.numclip.server;

import io.numclip.data.NumClipException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens and whom it answers.
 *
 * @param host name or address
 * @param port 0: any that is free
 * @param token that clients must send; null: none
 * @param allowUnauthenticated whether others than this machine may ask without a token
 * @param hostNames further names that requests may have in {@code Host} while only this machine can connect
 */
public record ServerSettings(
        String host,
        int port,
        @Nullable Secret token,
        boolean allowUnauthenticated,
        List<String> hostNames,
        Batching batching) {

    private static final int MOST_PORT = 65_535;

    /** @throws NumClipException if others could ask without a token and nobody has insisted, or there is no such host */
    public ServerSettings {
        hostNames = List.copyOf(hostNames);
        if (port < 0 || port > MOST_PORT) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE, "port: expected 0 to 65535, found " + port, "choose another port");
        }
        if (token == null && !allowUnauthenticated && !isLoopback(host)) {
            throw new NumClipException(
                    NumClipException.Kind.CONFIGURATION,
                    host + " can be reached from other machines, and there is no token",
                    "set NUMCLIP_TOKEN (make one with 'openssl rand -hex 32'), or insist with --allow-unauthenticated");
        }
    }

    /** Settings with which only this machine can connect, without a token. */
    public static ServerSettings local(int port) {
        return new ServerSettings("127.0.0.1", port, null, false, List.of(), Batching.defaults());
    }

    /** The same with other batches. */
    public ServerSettings withBatchSize(int size) {
        return new ServerSettings(host, port, token, allowUnauthenticated, hostNames, batching.withSize(size));
    }

    boolean isLoopback() {
        return isLoopback(host);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new NumClipException(
                    NumClipException.Kind.UNAVAILABLE,
                    "there is no host " + host,
                    "give an address of this machine, such as 127.0.0.1",
                    e);
        }
    }
}
