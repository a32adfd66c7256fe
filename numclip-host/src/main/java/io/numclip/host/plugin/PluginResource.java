package io.numclip.host.plugin;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;

/** A resource of a plugin behind a URL, as class loaders hand them out. */
final class PluginResource extends URLConnection {

    private final byte[] content;

    private PluginResource(URL url, byte[] content) {
        super(url);
        this.content = content;
    }

    /** @param path what the URL shows */
    static URL url(String path, byte[] content) {
        URLStreamHandler handler = new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
                return new PluginResource(url, content);
            }
        };
        try {
            return new URL("plugin", "", -1, path, handler);
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    @Override
    public void connect() {
        connected = true;
    }

    @Override
    public InputStream getInputStream() {
        return new ByteArrayInputStream(content);
    }

    @Override
    public long getContentLengthLong() {
        return content.length;
    }
}
