package io.numclip.server.http;

import io.numclip.data.NumClipException;
import java.net.BindException;
import java.net.SocketException;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Where and how a server listens. */
public final class Listening {

    private Listening() {}

    /** @param port 0: any that is free */
    public static ServerConnector at(Server server, String host, int port, int headerBytes) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setRequestHeaderSize(headerBytes);
        http.setHttpCompliance(HttpCompliance.STRICT);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        return connector;
    }

    /** Such as {@code http://127.0.0.1:8080/}. */
    public static String address(String host, int port) {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/";
    }

    /** Why a server has not started, in words for the user. */
    public static NumClipException unavailable(String host, int port, Exception failure) {
        String address = host + ":" + port;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean permission = cause instanceof SocketException
                    && String.valueOf(cause.getMessage()).contains("Permission");
            if (permission) {
                return new NumClipException(
                        NumClipException.Kind.UNAVAILABLE,
                        address + " is not permitted",
                        "choose a port from 1024 on with --port",
                        failure);
            }
            if (cause instanceof BindException) {
                return new NumClipException(
                        NumClipException.Kind.UNAVAILABLE,
                        address + " is in use, or is no address of this machine",
                        "choose another port with --port; 0 takes any that is free",
                        failure);
            }
        }
        throw new IllegalStateException("the server does not start", failure);
    }
}
